import { join } from 'node:path';
import { newPlace, runCli, spawnCity } from './spawn-cli.ts';
import type { SpawnedCity } from './spawn-cli.ts';

/** The day on which it is; the departments have sent two days before. */
const TODAY = '2026-11-25';
const SENT = '2026-11-23';
const MORNING = `${TODAY}T09:00:00+08:00`;
const RESIDENTS = 4_000;

/**
 * Jinhua with a few thousand made-up residents who were decided and granted what they may have, as it runs on a fixed day: some
 * minutes of a machine, once. `clock`: instants are those of the machine, as a real browser needs, which throws away cookies by its
 * own clock; or all of them lie on that day, so that every word of a page is the same whenever it is read.
 */
export async function grantedCity(clock: 'of the machine' | 'of that day' = 'of the machine'): Promise<SpawnedCity> {
  const environment = {
    ...(await newPlace()),
    MINSHENG_PACK: join(import.meta.dirname, '../packs/jinhua'),
    ...(clock === 'of that day' ? { NODE_OPTIONS: `--import=${import.meta.resolve('./shifted-clock.mjs')}`, CLOCK_OFFSET_MS: String(Date.parse(MORNING) - Date.now()) } : {}),
  };
  const done = async (...words: readonly string[]): Promise<string> => {
    const { code, out, err } = await runCli(words, environment);
    if (code !== 0) throw new Error(`minsheng ${words.join(' ')} ended with ${String(code)}: ${err} ${out}`);
    return out;
  };
  await done('demo', '--residents', String(RESIDENTS), '--on', SENT);
  const city = await spawnCity(environment, ['--today', TODAY]);
  const decided: { readonly run: { readonly id: string } } = JSON.parse(await done('decide', '--all', '--as-of', TODAY, '--against', 'grants', '--json'));
  await done('act', decided.run.id, '--accept', '--as', 'payments-preparer');
  const month = TODAY.slice(0, 7);
  await done('pay', 'book', '--month', month);
  await done('pay', 'prepare', '--month', month);
  await done('pay', 'approve', '--batch', `${month.replace('-', '')}-province-1`, '--as', 'payments-approver');
  await done('pay', 'release', '--batch', `${month.replace('-', '')}-province-1`, '--as', 'payments-releaser');
  return city;
}
