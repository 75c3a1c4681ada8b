import { sql } from 'kysely';
import type { Session } from './database.ts';

/** One row of the access log, as the person reads it whom it is about. */
export interface AccessRow {
  readonly at: string;
  readonly actor: string;
  readonly department: string | null;
  readonly purpose: string;
  readonly through: string;
  readonly subject_key: string | null;
  readonly columns: readonly string[];
}

/** Which rows: those of others than somebody, or all; of one department or of the machine (`machine`). */
export interface AccessesWanted {
  readonly notBy?: string | undefined;
  readonly by?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const MACHINE = sql`actor = 'system'`;

/** Who has looked at the data of the principal, the newest first, with runs over everybody: the policy of the table leaves the rest out. */
export async function accessesOf(session: Session, { notBy, by, limit, offset }: AccessesWanted): Promise<readonly AccessRow[]> {
  const { rows } = await sql<AccessRow>`
    select at, actor, department, purpose, through, subject_key, columns from access_log
    where (${notBy ?? null}::text is null or actor <> ${notBy ?? null}) and ${whoIs(by)}
    order by at desc, stream, sequence desc limit ${limit} offset ${offset}`.execute(session);
  return rows;
}

function whoIs(by: string | undefined): ReturnType<typeof sql> {
  if (by === undefined) return sql`true`;
  return by === 'machine' ? MACHINE : sql`department = ${by}`;
}

/** How many looks there are by each department, by the machine (`machine`), and by somebody themselves (`self`) and by anybody else (`other`). */
export async function countAccesses(session: Session, self: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ who: string; count: number }>`
    select case when department is not null then 'department ' || department when ${MACHINE} then 'machine' when actor = ${self} then 'self' else 'other' end as who, count(*)::integer as count
    from access_log group by 1 order by 2 desc, 1`.execute(session);
  return new Map(rows.map(({ who, count }) => [who, count]));
}
