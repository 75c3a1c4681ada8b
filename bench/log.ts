import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { appendEvents, openAccessLog, openStore, vaultOf, verifyLog } from '#adapters/store/index.ts';
import type { Append, Database, Vault } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import { figure, median, quantile } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';

const CASES = 100_000;
const CASES_AT_ONCE = 5_000;
const RATE = 200;
const OPEN_LOOP_SECONDS = 10;

/**
 * The log on PostgreSQL where DATABASE_URL names one (empty), else on the embedded database in a folder: what acting on
 * a hundred thousand cases costs it, beside the same rows put into a bare table; and how long an access waits to be on
 * disk at two hundred a second, beside a transaction for each.
 */
export async function log({ say }: BenchOptions): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ms-log-'));
  const databaseUrl = process.env['DATABASE_URL'];
  const clock = systemClock();
  const now = (): string => clock.now();
  const opening = await openStore({ folder, databaseUrl }, now());
  if (opening.kind === 'refused') throw new Error(`the store does not open: ${opening.refusal.kind}`);
  const { database } = opening;
  const vault = vaultOf([systemRandom(32)], systemRandom);
  say(databaseUrl === undefined ? 'embedded database, which does not flush to disk: DATABASE_URL=… for PostgreSQL' : 'PostgreSQL');
  try {
    const appending = await seconds(() => appendAll(database, vault, now()));
    const bare = await seconds(() => insertBare(database));
    const verifying = await seconds(async () => {
      const { faults } = await database.system('bench', (session) => verifyLog(session, vault));
      if (faults.length > 0) throw new Error('the chain is not whole');
    });
    const accesses = openAccessLog(database, 'bench', { now, random: systemRandom });
    const look = (index: number) => ({ actor: 'bench', purpose: 'bench', through: 'bench', about: { kind: 'subject', subjectKey: `person-${index}`, householdKey: null } as const, columns: ['a', 'b'] });
    const grouped = await openLoop((index) => accesses.write([look(index)]));
    const alone = await openLoop((index) => openAccessLog(database, `alone-${index}`, { now, random: systemRandom }).write([look(index)]));
    return [
      figure(`append a grant and a notice to each of ${CASES} cases, with the read models`, appending, 's', { against: { name: 'the same rows into a bare table', value: bare } }),
      figure(`verify ${CASES * 2} entries and open what they say`, verifying, 's'),
      figure(`half of the accesses at ${RATE}/s on disk within`, median(grouped), 'ms', { against: { name: 'each in a transaction of its own', value: median(alone) } }),
      figure(`99 of 100 accesses at ${RATE}/s on disk within`, quantile(grouped, 0.99), 'ms', { against: { name: 'each in a transaction of its own', value: quantile(alone, 0.99) } }),
    ];
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function appendAll(database: Database, vault: Vault, at: string): Promise<void> {
  for (let first = 0; first < CASES; first += CASES_AT_ONCE) {
    const appends = Array.from({ length: CASES_AT_ONCE }, (_, index) => eventsOf(first + index)).flat();
    await database.system('bench', (session) => appendEvents(session, vault, appends, { at, actor: 'system', random: systemRandom }));
  }
}

function eventsOf(index: number): readonly Append[] {
  const about = { stream: caseStream('bench', `person-${index}`), subjectKey: `person-${index}`, householdKey: `home-${index >> 1}` };
  return [
    { ...about, kind: 'grant-made', payload: { amountFen: 12_300, from: '2031-03-01' } },
    { ...about, kind: 'notice-given', payload: { noticeKind: 'granted', template: 'granted', values: { amount: { fen: 12_300 } }, service: 'bench', respondBy: null, channels: ['sms'] } },
  ];
}

/** As many rows of as many bytes, without a chain, a seal or a policy. */
async function insertBare(database: Database): Promise<void> {
  await database.owner((session) => sql`create table bench_bare (stream text, sequence integer, body bytea, primary key (stream, sequence))`.execute(session));
  for (let first = 0; first < CASES; first += CASES_AT_ONCE) {
    const streams = Array.from({ length: CASES_AT_ONCE * 2 }, (_, index) => caseStream('bench', `person-${first + (index >> 1)}`));
    await database.owner((session) => sql`insert into bench_bare select stream, row_number() over (), decode(repeat('ab', 400), 'hex') from unnest(${streams}::text[]) rows (stream)`.execute(session));
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Milliseconds that each of so many acts a second takes, whatever the ones before it do. */
async function openLoop(act: (index: number) => Promise<unknown>): Promise<readonly number[]> {
  const times: Promise<number>[] = [];
  const began = performance.now();
  for (let index = 0; index < RATE * OPEN_LOOP_SECONDS; index++) {
    const due = began + (index * 1000) / RATE;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(act(index).then(() => performance.now() - due));
  }
  return Promise.all(times);
}
