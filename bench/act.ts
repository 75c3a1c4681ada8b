import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { readPackFolder } from '#adapters/folder/index.ts';
import { actOnRun, approveBatch, bookThrough, openStore, prepareBatches, reconcile, releaseBatch, vaultOf } from '#adapters/store/index.ts';
import { addWorkingDays, workingCalendar } from '#engine/casework/index.ts';
import type { ToAct } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { figure } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';

const CHANGES = 100_000;
const PIECE = 2_000;
const SERVICE = 'social-disabled-living-subsidy';
const MONTH = 202_612;

/**
 * Acting on a change list of a hundred thousand, then booking and paying it by two people, on PostgreSQL where
 * DATABASE_URL names one (empty), else on the embedded database. A fifth rests on facts that are too old.
 */
export async function act({ say }: BenchOptions): Promise<readonly Figure[]> {
  const { pack } = loadPack(readPackFolder('packs/jinhua') ?? new Map());
  const today = parseDate('2026-12-01');
  if (!pack || !today) throw new Error('Jinhua does not load');
  const folder = mkdtempSync(join(tmpdir(), 'ms-act-'));
  const databaseUrl = process.env['DATABASE_URL'];
  const clock = systemClock();
  const opening = await openStore({ folder, databaseUrl }, clock.now());
  if (opening.kind === 'refused') throw new Error(`the store does not open: ${opening.refusal.kind}`);
  const { database } = opening;
  const on = databaseUrl === undefined ? 'embedded' : 'PostgreSQL';
  if (databaseUrl === undefined) say('acting runs on the embedded database: node tools/with-postgres.ts npm run -s bench -- act for PostgreSQL');
  const vault = vaultOf([systemRandom(32)], systemRandom);
  const door = (actor: string) => ({ database, vault, by: { at: clock.now(), actor, random: systemRandom } });
  const respondBy = addWorkingDays(workingCalendar(pack.calendar), today, 15).on;
  try {
    const acting = await seconds(() => actOnRun(door('system'), { pack, run: 'bench', asOf: MONTH * 100 + 1, respondBy, dueOn: respondBy }, pieces()));
    const booking = await seconds(() => bookThrough(database, pack, MONTH, clock.now()));
    const paying = await seconds(async () => {
      for (const { id } of await prepareBatches(door('system'), MONTH, { pack, respondBy, dueOn: respondBy })) {
        await approveBatch(door('li'), id);
        const refused = await releaseBatch(door('wang'), id);
        if (refused) throw new Error(`a batch was not released: ${refused}`);
      }
    });
    const books = await reconcile(database, pack, MONTH);
    return [
      figure(`acting on ${CHANGES} changes, ${on}`, acting, 's', { bar: { op: '<=', value: 120 } }),
      figure(`booking them, ${on}`, booking, 's'),
      figure(`paying them by two people, ${on}`, paying, 's'),
      figure('payers whose decisions, ledger and payments differ', books.filter(({ holds, owedFen }) => !holds || owedFen > 0).length, 'payers', { bar: { op: '<=', value: 0 } }),
    ];
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function* pieces(): Generator<readonly ToAct[]> {
  for (let from = 0; from < CHANGES; from += PIECE) {
    yield Array.from({ length: PIECE }, (_, at): ToAct => {
      const number = from + at;
      return {
        change: { service: SERVICE, subject: 'person', row: number, kind: 'new', wasFen: undefined, isFen: 36_600, clause: 'income' },
        key: { service: SERVICE, subject: `person-${number}` }, household: `living-${Math.floor(number / 3)}`,
        areas: { registered: '330702', resident: '330702' }, unplaced: {}, standing: number % 5 === 0 ? 'stale' : 'good', fact: 'household.income-per-head',
      };
    });
  }
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const began = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - began) / 1e9;
}
