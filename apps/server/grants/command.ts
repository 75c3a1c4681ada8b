import { z } from 'zod';
import { openRun, readSummary } from '#adapters/columns/index.ts';
import { approveBatch, bookThrough, freeGrant, hasCases, keepObservation, listBatches, openAccessLog, prepareBatches, receivingIn, reconcile, releaseBatch, returnItem, withdrawBatch } from '#adapters/store/index.ts';
import type { Booked, PaymentDoor, PaymentRefusal, StoredBatch } from '#adapters/store/index.ts';
import { monthOf } from '#engine/entitlement/index.ts';
import { observe } from '#engine/indicator/index.ts';
import type { Observation } from '#engine/indicator/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dayNumber, linkRules, NOBODY_SIGNS, seenFact } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { readPack } from '../read-pack.ts';
import { runsFolder } from '../run/folder.ts';
import { sealingOf } from '../sealing.ts';
import type { StoreHold } from '../store-command.ts';
import { actOn, askingOf } from './acting.ts';
import type { ActOutcome } from './acting.ts';
import { accountsShared, exportBatch } from './export.ts';
import type { ExportedItem, ExportRefusal } from './export.ts';
import { grantsInForce } from './in-force.ts';
import { refusedMember } from './member.ts';
import type { MemberRefusal } from './member.ts';
import { actingPeople } from './people.ts';
import type { ActingPeople } from './people.ts';
import { decideAgain } from './redecide.ts';

/*
 * What can be done with grants and money, by name: the same through the socket of a running city and from a command
 * line that found none running. Who does it stands in `as`, the account of a member of staff who may; `system` where nobody does.
 */

const place = { folder: z.string(), pack: z.string() };
const as = z.string().regex(/^[\w.@-]{1,64}$/);
const month = z.int().min(190_001).max(999_912);
const batch = z.string().max(80);
const pack = z.string();
const key = { service: z.string(), subject: z.string() };

/** What can be asked: `do` names it. */
export const GRANT_ORDER = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('has-begun') }),
  z.strictObject({ do: z.literal('in-force'), ...place, month }),
  z.strictObject({ do: z.literal('note-run'), folder: z.string(), run: z.string() }),
  z.strictObject({ do: z.literal('act'), ...place, run: z.string(), accepted: z.boolean(), as }),
  z.strictObject({ do: z.literal('decide-again'), ...place, months: z.array(z.strictObject({ month, run: z.string() })) }),
  z.strictObject({ do: z.literal('book'), ...place, month }),
  z.strictObject({ do: z.literal('prepare'), ...place, month, as: as.optional() }),
  z.strictObject({ do: z.literal('list'), month: month.optional() }),
  z.strictObject({ do: z.literal('approve'), pack, batch, as }),
  z.strictObject({ do: z.literal('release'), pack, batch, as }),
  z.strictObject({ do: z.literal('withdraw'), pack, batch, as, because: z.string().min(1).max(200) }),
  z.strictObject({ do: z.literal('export'), pack, batch, as: as.optional() }),
  z.strictObject({ do: z.literal('shared') }),
  z.strictObject({ do: z.literal('return'), ...place, batch, ...key, as, because: z.string().min(1).max(200) }),
  z.strictObject({ do: z.literal('free'), pack, ...key, as }),
  z.strictObject({ do: z.literal('reconcile'), ...place, month }),
  z.strictObject({ do: z.literal('observe'), ...place, indicator: z.string(), month, run: z.string() }),
]);
export type GrantOrder = z.output<typeof GRANT_ORDER>;

/** What people write into an order. Anything else that is wrong in one is a fault of whoever sent it. */
const WRITTEN = ['as', 'because', 'batch', 'month'] as const;

export type GrantAnswer =
  | ActOutcome
  | MemberRefusal
  | { readonly kind: 'no-release' | 'pack-unusable' | 'key-missing' }
  | { readonly kind: 'order-wrong'; readonly field: (typeof WRITTEN)[number] }
  /** Whether something was granted, asked or done for anybody: what is on record is of the people there are now. */
  | { readonly kind: 'begun'; readonly has: boolean }
  | { readonly kind: 'in-force'; readonly inForce: Awaited<ReturnType<typeof grantsInForce>> }
  | { readonly kind: 'again'; readonly settled: number; readonly left: number }
  | { readonly kind: 'booked'; readonly booked: Booked }
  | { readonly kind: 'batches'; readonly batches: readonly StoredBatch[] }
  | { readonly kind: 'items'; readonly items: readonly ExportedItem[] }
  | { readonly kind: 'shared'; readonly accounts: Awaited<ReturnType<typeof accountsShared>> }
  | { readonly kind: 'books'; readonly books: Awaited<ReturnType<typeof reconcile>> }
  | { readonly kind: 'observed'; readonly observation: Observation }
  | { readonly kind: 'not-measured' }
  /** The run is of another month: who is entitled in it says nothing of this one. yyyymm. */
  | { readonly kind: 'run-of-other-month'; readonly of: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly because: PaymentRefusal | ExportRefusal | 'not-held' };

/** Does what is asked. */
export async function doGrantCommand(hold: StoreHold, input: unknown): Promise<GrantAnswer> {
  const { database, vault, clock, random } = hold;
  if (!vault) return { kind: 'key-missing' };
  const reading = GRANT_ORDER.safeParse(input);
  if (!reading.success) {
    const field = WRITTEN.find((one) => one === reading.error.issues[0]?.path[0]);
    if (field === undefined) throw reading.error;
    return { kind: 'order-wrong', field };
  }
  const order = reading.data;
  const refused = await refusedMember(hold, vault, order);
  if (refused) return refused;
  const door = (actor: string): PaymentDoor => ({ database, vault, by: { at: clock.now(), actor, random } });
  const done = (because: PaymentRefusal | undefined): GrantAnswer => (because === undefined ? { kind: 'done' } : { kind: 'refused', because });
  switch (order.do) {
    case 'has-begun': return { kind: 'begun', has: await hasCases(database) };
    case 'in-force': return withPeople(hold, order, async ({ people }) => ({ kind: 'in-force', inForce: await grantsInForce(database, people, order.month) }));
    case 'note-run': return noteRun(hold, order);
    case 'act': return withPeople(hold, order, ({ pack, people }) => actOn(door(order.accepted ? order.as : 'system'), { pack, people, runs: runsFolder(order.folder), run: order.run, today: todayIn(hold, pack), accepted: order.accepted }));
    case 'decide-again': return withPeople(hold, order, async ({ pack, people }) => {
      // oxlint-disable-next-line no-await-in-loop -- one entry of the log after the other
      for (const { run } of order.months) await noteRun(hold, { do: 'note-run', folder: order.folder, run });
      return { kind: 'again', ...(await decideAgain(door('system'), { pack, people, runs: runsFolder(order.folder), months: order.months, respondBy: askingOf(pack, todayIn(hold, pack)).respondBy })) };
    });
    case 'book': return withPack(order.pack, async ({ pack }) => ({ kind: 'booked', booked: await bookThrough(database, pack, order.month, clock.now()) }));
    case 'prepare': return withPack(order.pack, async ({ pack }) => ({ kind: 'batches', batches: await prepareBatches(door(order.as ?? 'system'), order.month, askingOf(pack, todayIn(hold, pack))) }));
    case 'list': return { kind: 'batches', batches: await database.system('list batches', (session) => listBatches(session, order.month)) };
    case 'export': {
      const items = await exportBatch(hold, vault, order);
      return typeof items === 'string' ? { kind: 'refused', because: items } : { kind: 'items', items };
    }
    case 'shared': return { kind: 'shared', accounts: await accountsShared(hold) };
    case 'reconcile': return withPack(order.pack, async ({ pack }) => ({ kind: 'books', books: await reconcile(database, pack, order.month) }));
    case 'approve': return done(await approveBatch(door(order.as), order.batch));
    case 'release': return done(await releaseBatch(door(order.as), order.batch));
    case 'withdraw': return done(await withdrawBatch(door(order.as), order.batch, order.because));
    case 'return': return withPack(order.pack, async ({ pack }) => done(await returnItem(door(order.as), order.batch, order, order.because, askingOf(pack, todayIn(hold, pack)))));
    case 'free': return (await freeGrant(door(order.as), { service: order.service, subject: order.subject })) ? { kind: 'done' } : { kind: 'refused', because: 'not-held' };
    case 'observe': return withPack(order.pack, ({ pack }) => observeIn({ ...hold, runs: runsFolder(order.folder) }, pack, order));
    default: return order satisfies never;
  }
}

/** One entry in the access log for a run over everybody: who ran it, what for, and which facts it read. Every resident can see it. */
async function noteRun({ database, clock, random }: StoreHold, { folder, run: id }: Extract<GrantOrder, { do: 'note-run' }>): Promise<GrantAnswer> {
  const run = openRun(runsFolder(folder), id);
  const summary = run && readSummary(run);
  if (!summary) return { kind: 'run-unknown' };
  const noted = await database.system('is a run on record', (session) => session.selectFrom('access_log').select('batch').where('batch', '=', id).limit(1).executeTakeFirst());
  if (noted) return { kind: 'done' };
  const log = openAccessLog(database, 'runs', { now: () => clock.now(), random });
  await log.write([{ actor: 'system', purpose: 'decide-everybody', through: 'decide --all', about: { kind: 'batch', id }, columns: [...new Set(summary.services.flatMap(({ columns }) => columns.flatMap(readFor)))].sort() }]);
  await log.close();
  return { kind: 'done' };
}

/** What is read for a column: the fact, and who has signed where it is seen by signature. */
function readFor(column: string): readonly string[] {
  const { fact, signed } = seenFact(column);
  return signed === undefined || signed === NOBODY_SIGNS ? [fact] : [fact, signed];
}

/** Works out an indicator of reach for a month and keeps it. */
async function observeIn({ database, clock, runs }: StoreHold & { readonly runs: string }, { indicators }: Pack, { indicator: id, month, run: runId }: Extract<GrantOrder, { do: 'observe' }>): Promise<GrantAnswer> {
  const indicator = indicators.get(id);
  const run = openRun(runs, runId);
  const summary = run && readSummary(run);
  if (!run || !summary) return { kind: 'run-unknown' };
  const of = monthOf(dayNumber(run.asOf));
  if (of !== month) return { kind: 'run-of-other-month', of };
  if (!indicator || indicator.measured === 'unfilled') return { kind: 'not-measured' };
  const { from } = indicator.measured;
  return database.system(`observe ${id}`, async (session) => {
    const receiving = await receivingIn(session, from, month);
    const observation = observe(indicator, month, from.map((service) => ({ service, entitled: summary.totals.find((one) => one.service === service)?.yes ?? 0, receiving: receiving.get(service) ?? 0 })));
    if (!observation) return { kind: 'not-measured' };
    await keepObservation(session, { ...observation, run: runId, observedAt: clock.now() });
    return { kind: 'observed', observation };
  });
}

interface Read {
  readonly pack: Pack;
  readonly book: RuleBook;
}

async function withPack(folder: string, use: (read: Read) => Promise<GrantAnswer>): Promise<GrantAnswer> {
  const reading = readPack(folder);
  return reading.kind === 'pack' ? use({ pack: reading.pack, book: linkRules(reading.pack).book }) : { kind: 'pack-unusable' };
}

function withPeople({ vault, random }: StoreHold, { folder, pack }: { readonly folder: string; readonly pack: string }, use: (found: Read & { readonly people: ActingPeople }) => Promise<GrantAnswer>): Promise<GrantAnswer> {
  return withPack(pack, async (read) => {
    const people = actingPeople({ folder, sealing: sealingOf(vault, random, read.pack) }, read.pack, read.book);
    return people ? use({ ...read, people }) : { kind: 'no-release' };
  });
}

function todayIn({ clock }: StoreHold, pack: Pack): CalendarDate {
  return clock.today(pack.plan.calendar.zone);
}
