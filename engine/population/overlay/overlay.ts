import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { LANE, laneOf } from '#engine/rules/index.ts';
import type { Schema } from '#engine/rules/index.ts';

/**
 * Who says so. `holder`: the department whose record it is, or another for it; it replaces what the release says and
 * ends disputes. `self-declared`: the person; it stands only where no record knows. `dispute`: somebody says that the
 * value is wrong; nothing is replaced, and no machine decides alone by it until its holder has answered.
 */
export const CORRECTION_SOURCES = ['holder', 'self-declared', 'dispute'] as const;
export type CorrectionSource = (typeof CORRECTION_SOURCES)[number];

/**
 * A fresh fact or a correction of one, beside a release that never changes.
 *
 * `value` is as it stands in the fact's column, marks included; of a dispute, what it should be. It holds from
 * `validFrom` to `validUntil` (yyyymmdd, both included; without end where absent), was seen to be so on `observedOn` and
 * was known here from `knownAt` (an instant, ISO 8601 in UTC). `by` is the department that says so, or `resident`.
 */
const correction = z.strictObject({
  entity: z.string(), row: z.int().nonnegative(), fact: z.string(), value: z.number(),
  validFrom: z.int(), validUntil: z.int().optional(),
  observedOn: z.int(), knownAt: z.iso.datetime(), source: z.enum(CORRECTION_SOURCES), by: z.string(),
});
export type Correction = z.infer<typeof correction>;

/** One line of an overlay, led by its checksum. Lines are only ever added. */
export function overlayLine(one: Correction): string {
  const text = JSON.stringify(one);
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
}

/** The corrections of an overlay in the order in which they were added, and how many lines are damaged: the last one after a crash. */
export function readOverlay(text: string): { readonly corrections: readonly Correction[]; readonly damaged: number } {
  const lines = text.split('\n').filter((line) => line !== '');
  const corrections = lines.flatMap((line) => {
    const body = line.slice(9);
    if (crc32(body).toString(16).padStart(8, '0') !== line.slice(0, 8)) return [];
    const parsed = correction.safeParse(JSON.parse(body));
    return parsed.success ? [parsed.data] : [];
  });
  return { corrections, damaged: lines.length - corrections.length };
}

/** Why a correction cannot be taken. */
export type CorrectionFault = 'fact-unknown' | 'row-unknown' | 'out-of-range';

export function correctionFault(schema: Schema, rows: ReadonlyMap<string, number>, { entity, row, fact, value }: Correction): CorrectionFault | undefined {
  const known = schema.facts.get(fact);
  const lane = known && laneOf(known.type, known.type.kind === 'code' ? schema.codeLists.get(known.type.list)?.codes.length : 0);
  if (!known || !lane || known.entity !== entity) return 'fact-unknown';
  if (row >= (rows.get(entity) ?? 0)) return 'row-unknown';
  const { unknown, none, least, most } = LANE[lane];
  const [min, max] = known.type.kind === 'number' ? [Number(known.type.min), Number(known.type.max)] : [least, most];
  return Number.isInteger(value) && (value === unknown || value === none || (value >= min && value <= max)) ? undefined : 'out-of-range';
}

/** The two times at which one looks: whose facts, and as they were known when. */
export interface Look {
  /** As yyyymmdd. */
  readonly factsOn: number;
  /** An instant; what became known later is not seen. */
  readonly knownAt: string;
}

/**
 * What stands beside the release's values, by fact and row: of several that hold, the holder's; of those, what was known
 * last; of those known at once, what was added last. Disputes replace nothing. Whether a self-declared value counts is a
 * matter of what the release knows: `counts` says.
 */
export function overlaid(corrections: readonly Correction[], look: Look): Corrected {
  const cells = new Map<string, Map<number, Correction>>();
  for (const one of corrections) {
    if (one.source === 'dispute' || !holds(one, look)) continue;
    const rows = cells.get(one.fact) ?? new Map<number, Correction>();
    cells.set(one.fact, rows);
    const before = rows.get(one.row);
    if (!before || (before.source === one.source ? before.knownAt <= one.knownAt : one.source === 'holder')) rows.set(one.row, one);
  }
  return cells;
}

/** Corrections by fact and row. */
export type Corrected = ReadonlyMap<string, ReadonlyMap<number, Correction>>;

/** Whether a correction takes the place of a value: what a person declares only where it is not known. */
export const counts = ({ source }: Correction, isUnknown: boolean): boolean => source === 'holder' || isUnknown;

/** The disputes that no holder has answered, by fact and row: the last of each. An answer is a correction of the holder that holds on the day and became known no earlier. */
export function openDisputes(corrections: readonly Correction[], look: Look): Corrected {
  const cells = new Map<string, Map<number, Correction>>();
  const held = corrections.filter((one) => holds(one, look)).sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0));
  for (const one of held) {
    if (one.source === 'self-declared') continue;
    const rows = cells.get(one.fact) ?? new Map<number, Correction>();
    cells.set(one.fact, rows);
    if (one.source === 'dispute') rows.set(one.row, one);
    else rows.delete(one.row);
  }
  return cells;
}

/** Whether a correction holds on the day that is looked at, and was known by then. */
function holds({ validFrom, validUntil = Infinity, knownAt }: Correction, look: Look): boolean {
  return knownAt <= look.knownAt && validFrom <= look.factsOn && look.factsOn <= validUntil;
}
