import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGES, compareService, countsOf, cycleOn, cyclesOf, factsRead, isGranted, monthOf, MOVED, Places, screened, stopsOf, summaryText, totalOf, TOTALS } from '#engine/entitlement/index.ts';
import type { Cycle, Moved, RunSummary, ServiceAnswers, ServiceTotals } from '#engine/entitlement/index.ts';
import type { SnapshotRefusal } from '#engine/population/index.ts';
import { compileKernel, dayNumber } from '#engine/rules/index.ts';
import type { Program } from '#engine/rules/index.ts';
import { decideStored } from '../decide.ts';
import { PRIVATE, writeWhole } from '../folder.ts';
import { KernelPool } from '../pool.ts';
import { openRelease } from '../release.ts';
import type { StoredResult } from '../result.ts';
import { isStored, loadSnapshot } from '../store.ts';
import type { StoredSnapshot } from '../store.ts';
import { answerFile, writeAnswers } from './answer-file.ts';
import { answersAbout } from './before.ts';
import { changeFile, ChangeWriter } from './change-file.ts';
import { answersFolder, answersOfRun, openRun, peopleOf, readSummary, runIdOf, seenIn, summaryFile } from './place.ts';
import type { RunOrder, StoredRun } from './place.ts';
import { seenThrough } from './seen.ts';
import type { Seen } from './seen.ts';

/** What a run does one after the other; each leaves a file and is not done twice. */
export const RUN_STEPS = ['decide', 'totals', 'changes', 'answers', 'summary'] as const;
export type RunStep = (typeof RUN_STEPS)[number];

/** How far a run is: so many of a step's parts. A step that was done before is not told. */
export interface RunProgress {
  readonly step: RunStep;
  readonly done: number;
  readonly all: number;
}

export interface RunOptions {
  /** How many threads decide; it changes no answer. */
  readonly threads?: number | undefined;
  readonly progress?: ((at: RunProgress) => void) | undefined;
}

export type RunOutcome =
  /** `found`: it was finished before, and nothing was done. */
  | { readonly kind: 'finished'; readonly run: StoredRun; readonly summary: RunSummary; readonly found: boolean }
  | { readonly kind: 'release-unusable'; readonly refusal: SnapshotRefusal }
  /** What is in force before is about the rows of another release, and nobody can tell which of these they are. */
  | { readonly kind: 'other-people' };

/**
 * Decides every service for everybody of a release, counts what comes out, and lists what changes against what is in
 * force; all of it as files in a folder of the run under `root`.
 *
 * The same inputs are the same run: one that is finished is found, one that was cut off at any moment goes on at the
 * step it was in, and its files are to the byte those of a run that nothing disturbed. Who calls makes sure that no
 * other process works under `root`. Memory: the columns that links lead into, and one service at a time.
 */
export async function startRun(root: string, order: RunOrder, options: RunOptions = {}): Promise<RunOutcome> {
  const id = runIdOf(order);
  const folder = join(root, id);
  const finished = done(root, id, order);
  if (finished) return { ...finished, found: true };
  if (order.before.people !== undefined && order.before.people !== peopleOf(order.release)) return { kind: 'other-people' };
  const stored = openRelease(order.release, order.book.vocabulary.schema);
  if (!isStored(stored)) return { kind: 'release-unusable', refusal: stored };
  mkdirSync(folder, { recursive: true, mode: PRIVATE.folder });
  const lawOn = dayNumber(order.asOf);
  const program = screened(order.book).programAt(lawOn);
  const seen = seenThrough(stored, program, seenIn(order), { factsOn: lawOn, knownAt: order.knownAt }, join(folder, SEEN));
  const run: Running = { id, folder, order, seen, program, options };
  const result = await decided(run);
  const totals = await counted(run, result);
  const moved = await changed(run, result);
  await written(run, result);
  rmSync(join(folder, SEEN), { recursive: true, force: true });
  writeWhole(summaryFile(run), summaryText(summaryOf(run, totals, moved)));
  tell(run, 'summary', 1, 1);
  const now = done(root, id, order);
  if (!now) throw new Error(`run ${id} has ended without its summary`);
  return { ...now, found: false };
}

/** Columns with the overlay in them; they are needed only while the run works. */
const SEEN = 'seen';

interface Running {
  readonly id: string;
  readonly folder: string;
  readonly order: RunOrder;
  readonly seen: Seen;
  readonly program: Program;
  readonly options: RunOptions;
}

function done(root: string, id: string, { limits }: RunOrder): Omit<Extract<RunOutcome, { kind: 'finished' }>, 'found'> | undefined {
  const run = openRun(root, id);
  const summary = run && readSummary(run, limits);
  return run && summary ? { kind: 'finished', run, summary } : undefined;
}

const tell = ({ options }: Running, step: RunStep, at: number, all: number): void => options.progress?.({ step, done: at, all });

/** Between two services whoever started the run is heard: what was told goes out, and who is gone ends it. */
const breath = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

async function decided(run: Running): Promise<StoredResult> {
  const before = answersOfRun(run);
  if (before) return before;
  tell(run, 'decide', 0, 1);
  // What a crash left half-written has no place among the files of this run.
  rmSync(answersFolder(run), { recursive: true, force: true });
  await decideAllOf(run, run.options.threads ?? 1);
  tell(run, 'decide', 1, 1);
  const result = answersOfRun(run);
  if (!result) throw new Error(`run ${run.id} has decided without an answer`);
  return result;
}

/** One thread is this one. */
async function decideAllOf(run: Running, threads: number): Promise<void> {
  const { snapshot } = run.seen;
  const kernel = compileKernel(run.program, snapshot.layout);
  if (threads === 1) return void decideStored(kernel, snapshot, answersFolder(run), { durable: true });
  const pool = await KernelPool.start(kernel, snapshot, threads);
  try {
    await pool.decide(answersFolder(run), { durable: true });
  } finally {
    await pool.close();
  }
}

/** How many, how much and who pays, service by service. */
async function counted(run: Running, result: StoredResult): Promise<readonly ServiceTotals[]> {
  const path = join(run.folder, 'totals.json');
  if (!existsSync(path)) {
    const { order: { book, asOf }, program } = run;
    const places = new Places(book, loadSnapshot(withGroupings(run.seen.snapshot), new Set(book.vocabulary.areas.values())));
    const totals: ServiceTotals[] = [];
    for (const [at, { service: id }] of program.decisions.entries()) {
      tell(run, 'totals', at, program.decisions.length);
      await breath();
      const [service, answers] = [book.pack.services.get(id), answersAbout(result, id)];
      if (service && answers) totals.push(totalOf(service, answers, asOf, places));
    }
    writeWhole(path, summaryText(totals));
    tell(run, 'totals', program.decisions.length, program.decisions.length);
  }
  return TOTALS.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Of the links only those that say in which county a group is. */
function withGroupings(stored: StoredSnapshot): StoredSnapshot {
  const links = stored.manifest.links.filter(({ link }) => stored.schema.links.get(link)?.kind === 'grouping');
  return { ...stored, manifest: { ...stored.manifest, links } };
}

/** The change list as a file, and what it comes to. */
async function changed(run: Running, result: StoredResult): Promise<Moved> {
  const path = join(run.folder, 'changes.json');
  if (!existsSync(path)) writeWhole(path, summaryText(await compared(run, result)));
  return MOVED.parse(JSON.parse(readFileSync(path, 'utf8')));
}

async function compared(run: Running, result: StoredResult): Promise<Moved> {
  const { order, program } = run;
  const { before } = order;
  // What people have on the spot is never granted: against the grants in force it would be new in each run.
  const isOfGrants = before.id.startsWith('grants ');
  const reads = factsRead(program);
  const ids = [...new Set([...before.services, ...program.decisions.map(({ service }) => service)])].sort();
  const writer = new ChangeWriter(changeFile(run));
  const services: Moved['services'] = [];
  for (const [at, service] of ids.entries()) {
    tell(run, 'changes', at, ids.length);
    await breath();
    const [was, is]: readonly (ServiceAnswers | undefined)[] = [before.answersOf(service), answersAbout(result, service)];
    if ((!was && !is) || (isOfGrants && !isGranted(order.book.pack.services.get(service) ?? {}))) continue;
    const { changes, grants, beforeFen, movedFen } = compareService(was, is);
    writer.put(changes);
    services.push({ service, subject: changes.subject, columns: [...(reads.get(service) ?? [])], counts: countsOf([changes]), grants, missing: before.missingOf(service), beforeFen, movedFen });
  }
  writer.close();
  tell(run, 'changes', ids.length, ids.length);
  const sum = (of: (one: Moved['services'][number]) => number): number => services.reduce((total, one) => total + of(one), 0);
  const counts = { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 };
  for (const kind of CHANGES) counts[kind] = sum((one) => one.counts[kind]);
  return { counts, grants: sum(({ grants }) => grants), missing: sum(({ missing }) => missing), beforeFen: sum(({ beforeFen }) => beforeFen), movedFen: sum(({ movedFen }) => movedFen), cycles: [...cyclesOf(services, cycleIn(order))], services };
}

/** How often a service is paid as the law of the day of the run says. */
function cycleIn({ book, asOf }: RunOrder): (service: string) => Cycle | undefined {
  return (id) => {
    const service = book.pack.services.get(id);
    return service && cycleOn(service, monthOf(dayNumber(asOf)));
  };
}

/** The answers as Parquet, one file for each kind of thing that somebody decides about. */
async function written(run: Running, result: StoredResult): Promise<void> {
  const subjects = [...new Set(result.manifest.services.map(({ subject }) => subject))];
  const open = subjects.filter((subject) => !existsSync(answerFile(run, subject)));
  for (const [at, subject] of open.entries()) {
    tell(run, 'answers', at, open.length);
    await breath();
    writeAnswers(answerFile(run, subject), result, subject);
  }
  if (open.length > 0) tell(run, 'answers', open.length, open.length);
}

function summaryOf({ id, order, seen }: Running, totals: readonly ServiceTotals[], { services, ...moved }: Moved): RunSummary {
  const { asOf, book, digest, release, before, limits } = order;
  return {
    format: 1, run: id, asOf, pack: { id: book.pack.plan.id, digest },
    release: { id: release.id, people: peopleOf(release), count: release.about.people, synthetic: release.about.synthetic },
    overlay: seen.overlay, before: before.id, ...moved, limits, stops: [...stopsOf(moved, limits)], services, totals: [...totals],
  };
}
