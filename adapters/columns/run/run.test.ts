import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import { answersInForce, decideAll, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import { FISHERS, fishersOf } from '#engine/entitlement/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Correction, Snapshot } from '#engine/population/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { beforeInForce, beforeOfRun, countClauses, listReleases, listRuns, NOTHING_BEFORE, openRun, peopleOf, readChanges, readSummary, rekeyed, runIdOf, saveSnapshot, startRun } from '../index.ts';
import type { Release, RunOptions, RunOrder, RunOutcome } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const { book } = linkRules(pack);
const GRANT = 'closed-season-grant';
const day = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();

/** A release of these people, as if it had been drawn or fed. */
function release(name: string, snapshot: Snapshot): Release {
  const root = join(folder, name);
  saveSnapshot(root, snapshot);
  writeFileSync(join(root, 'v1', 'release.json'), JSON.stringify({ format: 1, synthetic: true, city: 'lantern-bay', createdAt: '2031-06-01T00:00:00.000Z', people: snapshot.rows.get('person'), feeds: [] }));
  const [only] = listReleases(root);
  if (!only) throw new Error('no release');
  return only;
}

const town = fishersOf(pack);
const fishers = release('town', town);
const order = (rest: Partial<RunOrder> = {}): RunOrder => ({ book, digest: 'd', asOf: day('2031-06-15'), release: fishers, corrections: [], knownAt: '2031-06-15T08:00:00.000Z', before: NOTHING_BEFORE, limits: USUAL_LIMITS, ...rest });

async function run(root: string, of = order(), options: RunOptions = {}): Promise<Extract<RunOutcome, { kind: 'finished' }>> {
  const outcome = await startRun(join(folder, root), of, options);
  if (outcome.kind !== 'finished') throw new Error(outcome.kind);
  return outcome;
}

/** Every file of a run with its bytes. */
function filesOf(root: string, id: string): ReadonlyMap<string, string> {
  const at = join(folder, root, id);
  return new Map(readdirSync(at, { recursive: true, encoding: 'utf8' }).sort().filter((name) => statSync(join(at, name)).isFile()).map((name) => [name, readFileSync(join(at, name)).toString('hex')]));
}

/** The place of a row among the fishers as they are listed. */
const fisher = (row: number): number | undefined => town.order.get('person')?.[row];

test('a run leaves verdicts, totals and a change list, each change with its reason', async () => {
  const { run: made, summary, found } = await run('first');
  expect(found).toBe(false);
  // Three have the grant (800 + 800 + 860) and one home by the sea has relief of 900; nobody had anything, so all is new and any change stops.
  expect(summary).toMatchObject({ run: made.id, asOf: '2031-06-15', before: 'nothing', counts: { new: 4, raised: 0, ended: 0 }, grants: 0, beforeFen: 0, movedFen: 336_000, stops: [{ of: 'grants', changed: 4 }, { of: 'money', changed: 336_000 }] });
  expect(summary.totals.find(({ service }) => service === GRANT)).toMatchObject({ yes: 3, amountFen: 246_000, payers: [{ level: 'city', amountFen: 147_600 }, { county: '990101', amountFen: 64_000 }, { county: '990122', amountFen: 34_400 }] });
  const list = readChanges(made, { service: GRANT, from: 0, count: 10 });
  expect(list?.changes.map(({ row, kind, wasFen, isFen, clause }) => [fisher(row), kind, wasFen, isFen, clause])).toEqual([[0, 'new', undefined, 80_000, undefined], [1, 'new', undefined, 80_000, undefined], [5, 'new', undefined, 86_000, undefined]]);
  expect([list?.all, readChanges(made, { from: 0, count: 100 })?.all, readChanges(made, { service: GRANT, from: 2, count: 5 })?.changes.length]).toEqual([3, 4, 1]);
  // The log entry of the batch says what it has read: where they live and are registered, the licence, the income.
  expect(summary.services.find(({ service }) => service === GRANT)?.columns).toContain('person.month-income');
});

test('the answers are a table for whoever reads Parquet: a word with its clause, and fen', async () => {
  const { run: made } = await run('table');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(`SELECT "${GRANT}", "${GRANT}.fen" FROM read_parquet('${join(made.folder, 'answers-person.parquet')}')`)).getRows();
  connection.closeSync();
  instance.closeSync();
  // See the table of the fishers.
  const expected = ['yes', 'yes', 'no:income', 'no:income', 'no:income', 'yes', 'no:income', 'no:income', 'no:licence', 'unknown:income', 'no:scope'];
  expect(rows.map(([word]) => word)).toEqual(rows.map((_, row) => expected[fisher(row) ?? -1]));
  expect(rows.flatMap(([, fen], row) => (fen === null ? [] : [[fisher(row), Number(fen)]]))).toEqual([[0, 80_000], [1, 80_000], [5, 86_000]]);
});

test('the same asked again is found, and no file is touched', async () => {
  const { run: made } = await run('twice');
  const before = filesOf('twice', made.id);
  const again = await run('twice', order(), { progress: ({ step }) => { throw new Error(`${step} is done again`); } });
  expect([again.found, again.run, filesOf('twice', made.id)]).toEqual([true, made, before]);
  expect(listRuns(join(folder, 'twice'))).toEqual([made]);
});

test('the day, the pack, the people, what was known and what is in force make another run; when it is asked and its limits do not', () => {
  const told: Correction = { entity: 'person', row: 0, fact: 'person.month-income', value: 5, validFrom: 20310601, knownAt: '2031-06-10T00:00:00Z', observedOn: 20310610, source: 'holder', by: 'fisheries' };
  const ids = [order(), order({ asOf: day('2031-06-16') }), order({ digest: 'e' }), order({ release: { ...fishers, id: 'v2' } }), order({ corrections: [told] }), order({ before: { ...NOTHING_BEFORE, id: 'x' } })].map(runIdOf);
  expect(new Set(ids).size).toBe(6);
  const later = { ...told, knownAt: '2031-07-01T00:00:00Z' };
  const over = { ...told, validUntil: 20310614 };
  expect([order({ knownAt: '2031-06-20T00:00:00.000Z' }), order({ limits: { grantsBp: 1, moneyBp: 1 } }), order({ corrections: [later] }), order({ corrections: [over] })].map(runIdOf)).toEqual(Array.from({ length: 4 }, () => ids[0]));
});

test('against what is in force already nothing changes, and nothing stops', async () => {
  const { run: first } = await run('null');
  const { run: second, summary } = await run('null', order({ before: beforeOfRun(first) ?? NOTHING_BEFORE }));
  expect(second.id).not.toBe(first.id);
  expect(summary).toMatchObject({ before: `run ${first.id}`, counts: { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 }, grants: 4, beforeFen: 336_000, movedFen: 0, stops: [] });
  expect(readChanges(second, { from: 0, count: 10 })).toEqual({ all: 0, changes: [] });
});

test('against grants in force the list says what is raised, lowered, ended and now unknown, and DuckDB reads it', async () => {
  const decision = book.programAt(20310615).decisions.find(({ service }) => service === GRANT);
  if (!decision) throw new Error('not decided');
  // As in the test of the change list: 700 for the first, 900 for the second, and grants for an income too high, a licence gone, an income not known.
  const row = (at: number): number => [...town.order.get('person') ?? []].indexOf(at);
  const held = answersInForce(decision, FISHERS.length, new Map([[row(0), 70_000], [row(1), 90_000], [row(2), 80_000], [row(8), 80_000], [row(9), 80_000]]));
  const { run: made } = await run('grants', order({ before: beforeInForce('june', peopleOf(fishers), new Map([[GRANT, held]]), new Map()) }));
  const expected = [[0, 'raised', 70_000, 80_000, 'amount'], [1, 'lowered', 90_000, 80_000, 'amount'], [2, 'ended', 80_000, undefined, 'income'], [5, 'new', undefined, 86_000, undefined], [8, 'ended', 80_000, undefined, 'licence'], [9, 'now-unknown', 80_000, undefined, 'income']];
  expect(readChanges(made, { service: GRANT, from: 0, count: 10 })?.changes.map((one) => [fisher(one.row), one.kind, one.wasFen, one.isFen, one.clause])).toEqual(expected);
  const counted = countClauses(made)?.get(GRANT)?.map(({ kind, clause, count }) => `${kind} ${clause ?? '-'} ${count}`).toSorted();
  expect(counted).toEqual(['ended income 1', 'ended licence 1', 'lowered amount 1', 'new - 1', 'now-unknown income 1', 'raised amount 1']);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(`SELECT row, kind, was_fen, is_fen, clause FROM read_parquet('${join(made.folder, 'changes.parquet')}') WHERE service = '${GRANT}' AND subject = 'person'`)).getRows();
  connection.closeSync();
  instance.closeSync();
  expect(rows.map(([at, kind, was, is, clause]) => [fisher(Number(at)), kind, was === null ? undefined : Number(was), is === null ? undefined : Number(is), clause ?? undefined])).toEqual(expected);
});

test('cut off at any moment a run goes on, and its files are those of a run that nothing disturbed', async () => {
  const { run: whole } = await run('whole');
  const expected = filesOf('whole', whole.id);
  let moments = 0;
  await run('count', order(), { progress: () => { moments += 1; } });
  // Two of deciding, one before each service and one at the end of counting and of comparing, of writing too, one of the summary.
  expect(moments).toBeGreaterThan(10);
  for (let at = 1; at <= moments; at++) {
    const root = `cut-${at}`;
    let told = 0;
    await expect(startRun(join(folder, root), order(), { progress: () => { if (++told === at) throw new Error('the power is gone'); } })).rejects.toThrow('the power is gone');
    // The last moment is after the summary: nothing is left to do.
    expect(openRun(join(folder, root), whole.id)?.finished).toBe(at === moments);
    const steps = new Set<string>();
    const { found } = await run(root, order(), { progress: ({ step }) => steps.add(step) });
    expect([found, filesOf(root, whole.id)]).toEqual([at === moments, expected]);
    // Two tellings belong to deciding: after the second it is not done again.
    expect(steps.has('decide')).toBe(at < 2);
  }
});

test('one thread and two say the same', async () => {
  // 38,500 fishers are two blocks of the kernel, one for each thread.
  const many = release('many', fishersOf(pack, Array.from({ length: 3_500 }, () => FISHERS).flat()));
  const [one, two] = [await run('one', order({ release: many }), { threads: 1 }), await run('two', order({ release: many }), { threads: 2 })];
  expect(two.summary).toEqual(one.summary);
  expect(one.summary.totals.find(({ service }) => service === GRANT)).toMatchObject({ yes: 10_500, amountFen: 3_500 * 246_000 });
  for (const file of ['summary.json', 'totals.json', 'changes.json', 'changes.parquet', 'answers-person.parquet', 'answers-living.parquet']) expect(filesOf('two', two.run.id).get(file)).toBe(filesOf('one', one.run.id).get(file));
  // 10,500 changes and more of two services, read across their row groups.
  expect(readChanges(one.run, { from: 10_499, count: 2 })?.changes.map(({ service }) => service)).toEqual([GRANT, 'household-relief']);
});

test('fresh facts are seen, and how many households they touch is said; the release stays', async () => {
  const { run: first } = await run('fresh');
  // The third fisher earned 1,000.01, a cent too much; the counter has learned that it was 900.00. The second line is about nobody.
  const row = [...town.order.get('person') ?? []].indexOf(2);
  const told: Correction = { entity: 'person', row, fact: 'person.month-income', value: 90_000, validFrom: 20310601, knownAt: '2031-06-10T00:00:00Z', observedOn: 20310610, source: 'holder', by: 'fisheries' };
  const before = beforeOfRun(first) ?? NOTHING_BEFORE;
  const { run: made, summary } = await run('fresh', order({ before, corrections: [told, { ...told, row: 99 }] }));
  expect(summary).toMatchObject({ overlay: { corrections: 1, households: 1, alone: 0, ignored: 1 }, counts: { new: 1, raised: 0, lowered: 0, ended: 0 }, movedFen: 80_000 });
  expect(readChanges(made, { from: 0, count: 10 })?.changes).toEqual([{ service: GRANT, subject: 'person', row, kind: 'new', wasFen: undefined, isFen: 80_000, clause: 'income' }]);
  // The same as deciding the corrected town from scratch.
  const corrected = decideAll(book.programAt(20310615), fishersOf(pack, FISHERS.map((one, at) => (at === 2 ? [one[0], 90_000, one[2]] : one))));
  expect(summary.totals.find(({ service }) => service === GRANT)?.amountFen).toBe([...corrected.answers.get(GRANT)?.amounts ?? []].reduce((sum, fen) => sum + fen, 0));
  expect((await run('fresh')).found).toBe(true);
});

test('a run that changes more than the limit waits for a person; the limit makes no other run', async () => {
  const { run: first } = await run('stop');
  const row = [...town.order.get('person') ?? []].indexOf(2);
  const corrections: readonly Correction[] = [{ entity: 'person', row, fact: 'person.month-income', value: 90_000, validFrom: 20310601, knownAt: '2031-06-10T00:00:00Z', observedOn: 20310610, source: 'holder', by: 'fisheries' }];
  const before = beforeOfRun(first) ?? NOTHING_BEFORE;
  // One grant of four changes, a quarter, and 800 of 3,360 yuan, 23.8 %.
  const { run: made, summary } = await run('stop', order({ before, corrections }));
  expect(summary.stops).toEqual([{ of: 'grants', changed: 1, before: 4, limitBp: 500 }, { of: 'money', cycle: 'month', changed: 80_000, before: 336_000, limitBp: 500 }]);
  const wider = await run('stop', order({ before, corrections, limits: { grantsBp: 2_400, moneyBp: 2_400 } }));
  expect([wider.found, wider.run.id, wider.summary.stops.map(({ of }) => of)]).toEqual([true, made.id, ['grants']]);
  expect(readSummary(made)?.limits).toEqual(USUAL_LIMITS);
});

test('an earlier run over another release is compared by whom its rows are; who is in no row any more is counted, and stops it', async () => {
  const { run: first } = await run('moved');
  // The first fisher, who had 800, is in no register any more; whoever else has moved up a row is who they were.
  const later = fishersOf(pack, FISHERS.slice(1));
  const rowBefore = (row: number): number => [...town.order.get('person') ?? []].indexOf((later.order.get('person')?.[row] ?? -2) + 1);
  const rows = Int32Array.from({ length: FISHERS.length - 1 }, (_, row) => rowBefore(row));
  const now = release('later', later);
  const before = rekeyed(beforeOfRun(first) ?? NOTHING_BEFORE, peopleOf(now), (entity) => (entity === 'person' ? rows : undefined));
  const { summary } = await run('moved', order({ release: now, before }));
  expect(summary.services.find(({ service }) => service === GRANT)).toMatchObject({ counts: { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 }, grants: 2, missing: 1, beforeFen: 166_000, movedFen: 0 });
  expect(summary).toMatchObject({ missing: 1, counts: { new: 0, ended: 0 }, stops: [{ of: 'grants', changed: 1, before: 3 }] });
});

test('what is in force for the rows of other people is refused, and so is a release that is damaged', async () => {
  const { run: first } = await run('refused');
  const others = release('others', fishersOf(pack, FISHERS.slice(1)));
  expect(await startRun(join(folder, 'refused'), order({ release: others, before: beforeOfRun(first) ?? NOTHING_BEFORE }))).toEqual({ kind: 'other-people' });
  const column = join(others.folder, '0001.int8');
  const bytes = readFileSync(column);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  writeFileSync(column, bytes);
  expect(await startRun(join(folder, 'refused'), order({ release: others }))).toMatchObject({ kind: 'release-unusable', refusal: { kind: 'damaged' } });
  expect(openRun(join(folder, 'refused'), '../town')).toBeUndefined();
});

test('against the grants in force, what people have on the spot is no change: nobody is granted it ahead', async () => {
  const service = pack.services.get(GRANT);
  if (!service) throw new Error('the town has lost its grant');
  const shown = linkRules({ ...pack, services: new Map([...pack.services, [GRANT, { ...service, grant: { mode: 'on-showing' } }]]) }).book;
  const { summary } = await run('shown', order({ book: shown, digest: 'shown', before: beforeInForce('none', peopleOf(fishers), new Map(), new Map()) }));
  expect(summary.services.some((one) => one.service === GRANT)).toBe(false);
  // Who may have it is counted all the same.
  expect(summary.totals.find((one) => one.service === GRANT)?.yes).toBeGreaterThan(0);
});
