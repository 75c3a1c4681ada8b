import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_SUMMARY, stopsOf } from '#engine/entitlement/index.ts';
import type { RunSummary, StopLimits } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { overlayLine } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import type { Release } from '../release.ts';
import { openResult, RESULT_FORMAT } from '../result.ts';
import type { StoredResult } from '../result.ts';
import type { Before } from './before.ts';

/** Everything that the answers of a run depend on. */
export interface RunOrder {
  readonly book: RuleBook;
  /** The digest of the pack's bytes. */
  readonly digest: string;
  /** The day of the law and of the facts. */
  readonly asOf: CalendarDate;
  readonly release: Release;
  /** The overlay of the release. */
  readonly corrections: readonly Correction[];
  /** An instant: what became known later is not seen. */
  readonly knownAt: string;
  /** What is in force before. */
  readonly before: Before;
  /** Only said in the summary: they change no answer and make no other run. */
  readonly limits: StopLimits;
}

/** A run on disk. Its files are never changed once it is finished. */
export interface StoredRun {
  readonly id: string;
  readonly asOf: CalendarDate;
  readonly folder: string;
  /** Whether nothing is left to do; one that was cut off goes on where it was when the same is asked for again. */
  readonly finished: boolean;
}

const RUN_FORMAT = 1;
const ID = /^(?<asOf>\d{4}-\d\d-\d\d)-[0-9a-f]{12}$/;
const SUMMARY = 'summary.json';

/** Who the rows of a release are. Runs over the same people can be compared row by row. */
export function peopleOf({ id, about }: Release): string {
  return sha256(JSON.stringify([id, about]));
}

/** The corrections that are seen on the day of a run, as they were known. */
export function seenIn({ corrections, asOf, knownAt }: Pick<RunOrder, 'corrections' | 'asOf' | 'knownAt'>): readonly Correction[] {
  const factsOn = dayNumber(asOf);
  return corrections.filter((one) => one.knownAt <= knownAt && one.validFrom <= factsOn && (one.validUntil ?? Infinity) >= factsOn);
}

/** The same inputs have the same id, whenever they are asked for. */
export function runIdOf(order: Omit<RunOrder, 'limits'>): string {
  const { asOf, digest, release, before } = order;
  const inputs = [RUN_FORMAT, RESULT_FORMAT, digest, peopleOf(release), sha256(seenIn(order).map(overlayLine).join('')), before.id];
  return `${asOf}-${sha256(JSON.stringify(inputs)).slice(0, 12)}`;
}

/** Every run in a folder, by day and id; the ones that were cut off too. */
export function listRuns(root: string): readonly StoredRun[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).sort().flatMap((id) => openRun(root, id) ?? []);
}

/** A run by its id; undefined where there is none. */
export function openRun(root: string, id: string): StoredRun | undefined {
  // An id has this form, so it is no path to elsewhere.
  const asOf = parseDate(ID.exec(id)?.groups?.['asOf'] ?? '');
  const folder = join(root, id);
  return asOf === undefined || !existsSync(folder) ? undefined : { id, asOf, folder, finished: existsSync(join(folder, SUMMARY)) };
}

export const summaryFile = ({ folder }: Pick<StoredRun, 'folder'>): string => join(folder, SUMMARY);

/** What a finished run says altogether; undefined where it is not finished. `limits`: other ones than it was made with. */
export function readSummary(run: Pick<StoredRun, 'folder'>, limits?: StopLimits): RunSummary | undefined {
  if (!existsSync(summaryFile(run))) return undefined;
  const summary = RUN_SUMMARY.parse(JSON.parse(readFileSync(summaryFile(run), 'utf8')));
  return limits ? { ...summary, limits, stops: [...stopsOf(summary, limits)] } : summary;
}

/** The answers of a run that has decided. */
export function answersOfRun({ folder }: Pick<StoredRun, 'folder'>): StoredResult | undefined {
  return openResult(answersFolder({ folder }));
}

export const answersFolder = ({ folder }: Pick<StoredRun, 'folder'>): string => join(folder, 'answers');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
