import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '#engine/population/index.ts';
import type { sql } from '#engine/rules/index.ts';
import { keysFile } from './release.ts';
import type { Release } from './release.ts';

/**
 * The row of somebody or something by its surrogate id; undefined where nobody has it.
 *
 * A drawn city has no ids of its own: there the id is the one under which the row would be sent, a letter and the row
 * in nine digits. `rows` is how many there are.
 */
export async function rowOfKey(session: sql.Session, { folder }: Pick<Release, 'folder'>, entity: string, key: string, rows: number): Promise<number | undefined> {
  const file = join(folder, keysFile(entity));
  if (!existsSync(file)) {
    const row = new RegExp(`^${entity.charAt(0).toUpperCase()}\\d{9}$`).test(key) ? Number(key.slice(1)) : rows;
    return row < rows ? row : undefined;
  }
  const [found] = await session.rows(`SELECT file_row_number FROM read_parquet(${literal(file)}, file_row_number = true) WHERE key = ${literal(key)}`);
  return found === undefined ? undefined : Number(found[0]);
}
