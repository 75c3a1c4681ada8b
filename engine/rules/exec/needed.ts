import type { Expr, Op } from '../op.ts';
import type { Memo } from './memo.ts';
import { truth } from './state.ts';
import { linkedPlaces } from './theory.ts';
import type { Step } from './trace-format.ts';

/** An operand as it was used: which, as what, and of which thing. */
export interface Needed {
  readonly as: Step['of'][number]['as'];
  readonly expr: Expr;
  /** Left out: of the thing that the expression itself is of. */
  readonly place?: number | undefined;
}

/**
 * The operands that the result of an expression rests on.
 *
 * Where one operand settles it (a false conjunct, a true alternative, a branch, a member) the others are left out:
 * they could have been anything.
 */
export function needed(memo: Memo, expr: Expr, place: number): readonly Needed[] {
  const { node } = expr;
  switch (node.op) {
    case 'entitled': return verdictParts(memo, node.service, place);
    case 'and': case 'or': return settling(memo, operandsOf(expr), place, node.op === 'or');
    case 'if': return branch(memo, expr, node.condition, place);
    case 'through': return through(memo, node, place);
    case 'fold': return members(memo, node, place);
    case 'covered-months': case 'longest-gap': return [...operandsOf(expr), ...spells(memo, node, expr, place)];
    default: return operandsOf(expr);
  }
}

const OPERANDS = new WeakMap<Expr, readonly Needed[]>();

/** All operands of an expression that are of the same thing, in their order; the same list each time. */
function operandsOf(expr: Expr): readonly Needed[] {
  const found = OPERANDS.get(expr) ?? operands(expr);
  OPERANDS.set(expr, found);
  return found;
}

function operands({ node }: Expr): readonly Needed[] {
  const here = (as: Needed['as'], ...of: readonly Expr[]): readonly Needed[] => of.map((one) => ({ as, expr: one, place: undefined }));
  switch (node.op) {
    case 'constant': case 'fact': case 'entitled': case 'through': case 'fold': return [];
    case 'and': case 'or': case 'add': case 'multiply': case 'least': case 'greatest': case 'call': return here('of', ...node.of);
    case 'compare': case 'subtract': case 'divide': return [...here('left', node.left), ...here('right', node.right)];
    case 'years-between': case 'months-between': case 'days-between': case 'covered-months': case 'longest-gap': return [...here('from', node.from), ...here('to', node.to)];
    case 'add-months': return [...here('left', node.date), ...here('right', node.months)];
    case 'add-days': return [...here('left', node.date), ...here('right', node.days)];
    case 'if': return [...here('condition', node.condition), ...here('yes', node.yes), ...here('no', node.no)];
    default: return here('of', node.of);
  }
}

/** The first operand that settles logic, or all where none does. */
function settling(memo: Memo, of: readonly Needed[], place: number, settles: boolean): readonly Needed[] {
  for (const one of of) if (truth(memo.value(one.expr, place)) === settles) return [one];
  return of;
}

function branch(memo: Memo, expr: Expr, condition: Expr, place: number): readonly Needed[] {
  const held = truth(memo.value(condition, place));
  return held === undefined ? operandsOf(expr) : operandsOf(expr).filter(({ as }) => as !== (held ? 'no' : 'yes'));
}

/** What a verdict rests on: the clause that is false, else those that are open, else all and the amount. */
export function verdictParts(memo: Memo, service: string, place: number): readonly Needed[] {
  const { clauses, amount } = memo.theory.ruleOf(service);
  const parts = clauses.map(({ when }): Needed => ({ as: 'clause', expr: when, place: undefined }));
  const failed = parts.find(({ expr }) => truth(memo.value(expr, place)) === false);
  if (failed) return [failed];
  const open = parts.filter(({ expr }) => truth(memo.value(expr, place)) === undefined);
  if (open.length > 0) return open;
  return [...parts, ...(amount === undefined ? [] : [{ as: 'amount', expr: amount, place: undefined } as const])];
}

function through(memo: Memo, { link, of }: Extract<Op<Expr>, { op: 'through' }>, place: number): readonly Needed[] {
  const [only] = linkedPlaces(memo.world, link, place, 'along') ?? [];
  return only === undefined ? [] : [{ as: 'of', expr: of, place: only }];
}

type Fold = Extract<Op<Expr>, { op: 'fold' }>;

/** For each thing its filter and, where it passed, its value; one that settles the fold alone where there is one. */
function members(memo: Memo, { link, fold, where, value }: Fold, place: number): readonly Needed[] {
  const places = linkedPlaces(memo.world, link, place, memo.world.schema.links.get(link)?.kind === 'grouping' ? 'back' : 'along') ?? [];
  const of = places.map((member): readonly (Needed & { readonly place: number })[] => {
    const passes = where === undefined ? true : truth(memo.value(where, member));
    const filter = where === undefined ? [] : [{ as: 'where', expr: where, place: member } as const];
    return passes === true && value !== undefined && fold !== 'count' ? [...filter, { as: 'value', expr: value, place: member }] : filter;
  });
  const settles = fold === 'some' ? true : fold === 'every' ? false : undefined;
  const one = settles === undefined ? undefined : of.find((parts) => parts.some(({ as, expr, place: member }) => as === 'value' && isKnown(memo, expr, member, settles)));
  return one ?? of.flat();
}

function isKnown(memo: Memo, expr: Expr, place: number, wanted: boolean): boolean {
  const value = memo.value(expr, place);
  return value.kind === 'known' && value.value === wanted;
}

/** Of each spell its filter and, where it did not fail, when it began and ended: facts that the operator reads itself. */
function spells(memo: Memo, { link, where }: { readonly link: string; readonly where?: Expr | undefined }, expr: Expr, place: number): readonly Needed[] {
  const places = linkedPlaces(memo.world, link, place, 'along') ?? [];
  const dates = datesOf(memo, link, expr);
  return places.flatMap((spell): readonly Needed[] => {
    const filter = where === undefined ? [] : [{ as: 'where', expr: where, place: spell } as const];
    const passes = where === undefined || truth(memo.value(where, spell)) === true;
    return [...filter, ...(passes ? dates.map((date): Needed => ({ as: 'value', expr: date, place: spell })) : [])];
  });
}

const DATES = new WeakMap<Expr, readonly Expr[]>();

/** When a spell of a link began and ended, as an expression over spells reads it; the same two each time, so that what is kept about expressions is kept about them. */
function datesOf({ world }: Memo, link: string, expr: Expr): readonly Expr[] {
  const found = DATES.get(expr);
  if (found) return found;
  const made = [`${link}.from`, `${link}.until`].flatMap((id): readonly Expr[] => {
    const column = world.schema.facts.get(id);
    return column ? [{ node: { op: 'fact', fact: id }, type: column.type, unknowable: column.unknowable, nonable: column.nonable, entity: column.entity, at: expr.at }] : [];
  });
  DATES.set(expr, made);
  return made;
}
