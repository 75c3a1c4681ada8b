import type { Pack } from '#engine/pack/index.ts';
import { syntheticModel } from '#engine/population/index.ts';
import type { Residual, SyntheticModel } from '#engine/population/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { programFor } from './affected.ts';

/**
 * How far figures about a service may be off for the people they are counted of.
 *
 * `everybody`: nobody was drawn, there is nothing to state. `band`: the worst residual, in percent, among the published
 * totals that bear on the service, those held out included; it is what the totals can show, and so no less than the
 * error of them. `unknown`: no published total bears on it.
 */
export type StatedError =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'band'; readonly percent: number; readonly worst: string; readonly totals: readonly string[] }
  | { readonly kind: 'unknown' };

/**
 * The error of figures about a service, from how the drawn people stand beside the published totals.
 *
 * The totals of which the pack says that they bear on a service (`bears-on`) are the ones it is measured by. Where none is
 * named, a total bears on it if what it counts is a fact that the rule reads; one of an income bears on all that read an
 * income. One of which the pack says that it cannot be equal states nothing. `residuals` is undefined where the people are
 * not drawn.
 */
export function statedErrorOf(book: RuleBook, on: number, service: string, residuals: readonly Residual[] | undefined): StatedError {
  if (!residuals) return { kind: 'everybody' };
  const model = syntheticModel(book.pack);
  const totals = (model?.totals ?? []).filter(({ id, notEqual }) => notEqual !== true && residuals.some((one) => one.id === id && one.residual !== undefined));
  const named = totals.filter(({ bearsOn }) => bearsOn?.includes(service) === true);
  const facts = new Set(programFor(book, on, new Set([service])).facts);
  const bearing = new Set((named.length > 0 || !model ? named : totals.filter((total) => countedFacts(book, model, total).some((fact) => facts.has(fact)))).map(({ id }) => id));
  const found = residuals.flatMap(({ id, residual }) => (bearing.has(id) && residual !== undefined ? [{ id, percent: Math.abs(residual) }] : []));
  const worst = found.reduce<(typeof found)[number] | undefined>((most, one) => (most && most.percent >= one.percent ? most : one), undefined);
  return worst ? { kind: 'band', percent: worst.percent, worst: worst.id, totals: found.map(({ id }) => id) } : { kind: 'unknown' };
}

/** The facts that a total counts by, or adds up; what the model calls age and county are the facts that they come from. */
function countedFacts({ pack, vocabulary }: RuleBook, { people }: SyntheticModel, { when = {}, sum }: SyntheticModel['totals'][number]): readonly string[] {
  const made = new Map([[people.names.age, people.birth], [people.names.county, people.residence]]);
  const incomes = pack.breakdowns.get('income')?.incomes.map(({ fact }) => fact) ?? [];
  const summed = sum === undefined ? [] : incomes.includes(sum) ? incomes : [sum];
  return [...Object.keys(when), ...summed].flatMap((name) => {
    const named = vocabulary.names.get(made.get(name) ?? name);
    return named?.kind === 'fact' ? [named.fact.id] : [];
  });
}

/** The published total of an id, for its name and source. */
export function totalNamed(pack: Pack, id: string): SyntheticModel['totals'][number] | undefined {
  return syntheticModel(pack)?.totals.find((total) => total.id === id);
}
