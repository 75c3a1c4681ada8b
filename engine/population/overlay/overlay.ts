import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { LANE, laneOf } from '#engine/rules/index.ts';
import type { Schema } from '#engine/rules/index.ts';

/**
 * A fresh fact or a correction of one, beside a release that never changes.
 *
 * `value` is as it stands in the fact's column, marks included. It holds from `validFrom` to `validUntil` (yyyymmdd,
 * both included; without end where absent) and was known from `knownAt` (an instant, ISO 8601 in UTC).
 */
const correction = z.strictObject({
  entity: z.string(), row: z.int().nonnegative(), fact: z.string(), value: z.number(),
  validFrom: z.int(), validUntil: z.int().optional(),
  knownAt: z.iso.datetime(), source: z.string(),
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

/** What stands in the place of the release's values, by fact and row: of several that hold, what was known last; of those known at once, what was added last. */
export function overlaid(corrections: readonly Correction[], { factsOn, knownAt }: Look): ReadonlyMap<string, ReadonlyMap<number, Correction>> {
  const cells = new Map<string, Map<number, Correction>>();
  for (const one of corrections) {
    if (one.knownAt > knownAt || one.validFrom > factsOn || (one.validUntil ?? Infinity) < factsOn) continue;
    const rows = cells.get(one.fact) ?? new Map<number, Correction>();
    cells.set(one.fact, rows);
    const before = rows.get(one.row);
    if (!before || before.knownAt <= one.knownAt) rows.set(one.row, one);
  }
  return cells;
}
