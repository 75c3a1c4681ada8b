import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { readPackFolder, watchFolders } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'minsheng-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a pack is every file below its folder, without those of editors and version control', () => {
  const pack = join(folder, 'pack');
  mkdirSync(join(pack, 'services/a'), { recursive: true });
  mkdirSync(join(pack, '.git'));
  for (const [path, text] of [['plan.yaml', 'x'], ['services/a/b.yaml', 'y'], ['.git/HEAD', 'z'], ['services/.b.yaml.swp', 'z']] as const) writeFileSync(join(pack, path), text);
  expect([...(readPackFolder(pack) ?? [])].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([['plan.yaml', 'x'], ['services/a/b.yaml', 'y']]);
  expect(readPackFolder(join(folder, 'nowhere'))).toBeUndefined();
});

test('every save is heard: written in place, replaced by an editor, in a folder that is new', async () => {
  const place = join(folder, 'watched');
  mkdirSync(join(place, 'inner'), { recursive: true });
  const file = join(place, 'inner/plan.yaml');
  writeFileSync(file, '1');
  const saved = vi.fn<() => void>();
  const stop = watchFolders([place, join(folder, 'nowhere')], saved, (name) => name.endsWith('.tmp'));
  const times = (count: number): Promise<void> => vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(count), { timeout: 3000, interval: 20 });
  writeFileSync(file, '2');
  await times(1);
  for (const round of [2, 3, 4]) {
    writeFileSync(`${file}.tmp`, String(round));
    renameSync(`${file}.tmp`, file);
    await times(round);
  }
  mkdirSync(join(place, 'later'));
  await times(5);
  writeFileSync(join(place, 'later/x.yaml'), '1');
  await times(6);
  renameSync(join(place, 'later'), join(folder, 'aside'));
  mkdirSync(join(place, 'later'));
  await times(7);
  writeFileSync(join(place, 'later/x.yaml'), '2');
  await times(8);
  stop();
  writeFileSync(file, '5');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(saved).toHaveBeenCalledTimes(8);
});
