import { form, parseForm } from '#engine/rules/index.ts';
import { parseDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import type { Indicator } from '#engine/pack/index.ts';

/** Of one service and month: who is entitled by the run, and to how many of them the money really went. */
export interface Reached {
  readonly service: string;
  readonly entitled: number;
  readonly receiving: number;
}

/** An indicator of reach as it was in a month, with what it was worked out from. */
export interface Observation {
  readonly indicator: string;
  /** yyyymm. */
  readonly month: number;
  readonly numerator: number;
  readonly denominator: number;
  /** In the unit of the indicator; undefined where nobody is entitled, for a share of nobody is none. */
  readonly value: Decimal | undefined;
  readonly formula: string;
  readonly of: readonly Reached[];
}

/** Works out an indicator from counts of its services; undefined where the pack does not say how it is measured, or measures something else. A person with two services counts for each. */
export function observe({ id, measured }: Pick<Indicator, 'id' | 'measured'>, month: number, reached: readonly Reached[]): Observation | undefined {
  if (measured === 'unfilled' || !measured.counts) return undefined;
  const { formula, counts } = measured;
  const of = reached.filter(({ service }) => measured.from.includes(service));
  const [numerator, denominator] = [of.reduce((sum, { receiving }) => sum + receiving, 0), of.reduce((sum, { entitled }) => sum + entitled, 0)];
  return { indicator: id, month, numerator, denominator, value: valueOf(formula, new Map([[counts.receiving, numerator], [counts.entitled, denominator]])), formula, of };
}

function valueOf(formula: string, counts: ReadonlyMap<string, number>): Decimal | undefined {
  const { value: ast } = parseForm(formula, Object.fromEntries([...counts.keys()].map((name) => [name, 1 as const])));
  if (!ast) throw new RangeError(`the formula ${formula} cannot be read`);
  const scope = form.within(form.NOTHING, new Map([...counts].map(([name, count]) => [name, form.decimalOf(String(count))])));
  const { value } = form.evaluateForm(ast, { scope });
  return value === null ? undefined : parseDecimal(form.printValue(value));
}
