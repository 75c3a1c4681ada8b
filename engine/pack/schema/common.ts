import { z } from 'zod';
import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate, Decimal } from '#engine/kernel/index.ts';
import { parseCitation } from '../citation.ts';
import type { Citation } from '../citation.ts';
import { Numeral } from '../yaml.ts';

/** A check of a schema that has its own code names it here; the loader turns it into a diagnostic. */
function refuse(context: z.RefinementCtx, code: string, found: unknown): never {
  context.addIssue({ code: 'custom', message: code, params: { code, found: typeof found === 'string' ? found : found instanceof Numeral ? found.text : '' } });
  return z.NEVER;
}

/** A number with the digits the pack spells. */
export const decimal = z.unknown().transform((found, context): Decimal => {
  const parsed = found instanceof Numeral ? parseDecimal(found.text) : undefined;
  return parsed ?? refuse(context, found instanceof Numeral ? 'number-invalid' : 'value-type', found);
}).meta({ type: 'number', describes: 'decimal' });

/** A whole number, at most 2^53 - 1. */
export const integer = z.unknown().transform((found, context): number => {
  const parsed = found instanceof Numeral ? parseDecimal(found.text) : undefined;
  return parsed?.scale === 0 ? parsed.units : refuse(context, found instanceof Numeral ? 'number-invalid' : 'value-type', found);
}).meta({ type: 'integer', describes: 'integer' });

/** The number of a day of a month. */
export const monthDay = integer.transform((found, context): number => (found >= 1 && found <= 31 ? found : refuse(context, 'day-of-month-invalid', String(found)))).meta({ type: 'integer', describes: 'integer' });

/** A day, quoted: `"2021-01-01"`. */
export const date = z.string().transform((found, context): CalendarDate => parseDate(found) ?? refuse(context, 'date-invalid', found)).describe('A day, quoted: "2021-01-01".');

/** A place in the published plan, in the one citation grammar. */
export const citation = z.string().transform((found, context): Citation => parseCitation(found) ?? refuse(context, 'citation-malformed', found))
  .meta({ description: 'A place in the published plan: a table row, a section, an item of a box; see the citation grammar.', links: 'citation' });

const words = z.string().min(1);
/** A name of a thing or of an audience, in both languages. */
export const name = z.strictObject({ zh: words, en: words }).describe('A name in Chinese and in English.');
/** A text that has Chinese; English is wanted and its absence is counted. */
export const text = z.strictObject({ zh: words, en: words.optional() }).describe('A text in Chinese, wanted in English too.');

/** An id: lower-case ASCII words joined by hyphens. */
export const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).describe('An id: lower-case ASCII words joined by hyphens.');
/** A name in rules: letters and digits without spaces or brackets, not beginning with a digit. */
export const feelName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u).describe('What rules say: a name without spaces or brackets that does not begin with a digit.');
/** A reference to a record of a kind; the linker checks that it exists. */
export const ref = (kind: RefKind) => id.meta({ description: `The id of a ${kind}.`, links: kind });
/** The id of a source in `sources.yaml`. */
export const sourceRef = z.string().min(1).meta({ description: 'The id of a source in sources.yaml.', links: 'source' });
/** The code of a division, or the id of a reporting unit. */
export const divisionRef = z.string().min(1).meta({ description: 'The code of a division, or the id of a reporting unit.', links: 'division' });
/** The name of a unit in `units.yaml`. */
export const unitRef = z.string().min(1).meta({ description: 'A unit of units.yaml.', links: 'unit' });

export type RefKind = 'department' | 'domain' | 'event' | 'indicator' | 'parameter' | 'precedence' | 'remedy' | 'service' | 'system' | 'target' | 'indicator or target';
/** What a field that carries this mark must name. */
export type LinkKind = RefKind | 'citation' | 'source' | 'division' | 'unit';

/** What the plan does not print and nobody has entered yet: shown as 未填, never guessed. */
export const unfilled = z.literal('unfilled').describe('Not printed in the plan and not entered yet; shown as 未填.');

export const CONFIDENCES = ['verified', 'verified-secondary', 'derived', 'plan', 'memory-likely', 'memory-unsure', 'demo'] as const;
/** How sure a value is. `demo` and remembered values are shown to people as 演示参数. */
export const confidence = z.enum(CONFIDENCES).describe('How sure the value is: read in the text, derived from it, printed in the plan, remembered, or chosen for a demonstration.');
export type Confidence = z.output<typeof confidence>;

/** Where a value comes from. */
export const provenance = { source: sourceRef, confidence };

export const comparison = z.enum(['>=', '>', '<=', '<', '=', '~', 'range']).describe('How a value is compared: at least, above, at most, below, exactly, about, between.');
export type Comparison = z.output<typeof comparison>;

/** A quantity that an item states beside its text. */
export const quantity = z.strictObject({
  name: words.describe('What is counted.'),
  op: comparison.optional(),
  value: decimal.optional(),
  from: decimal.optional().describe('Lower end of a range.'),
  to: decimal.optional().describe('Upper end of a range.'),
  text: words.optional().describe('The value as words where it is not a number.'),
  unit: unitRef,
  role: z.enum(['condition', 'standard', 'target', 'other']).optional().describe('Whether the number limits who, says how much, or is to be reached.'),
});

export const stated = z.strictObject({
  stated: z.array(words).describe('Printed in the plan.'),
  inferred: z.array(words).describe('Supposed by the editors; to be confirmed before use.'),
});

/** How far the running software carries a thing the plan names. */
export const carried = {
  state: z.enum(['running', 'in-pack', 'not-yet']).describe('running here, held as data of the pack, or not yet.'),
  at: z.string().regex(/^\/[a-z0-9/-]*$/).optional().describe('The page where it runs.'),
  by: text.optional().describe('What carries it, in one line.'),
};
