import { applied } from '../builtin/index.ts';
import type { Constant, Op, Test } from '../op.ts';
import type { Type } from '../type.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Found, Verdict } from '../value.ts';
import { addDays, addMonths, daysBetween, monthAfter, monthEnd, monthsBetween, monthStart, partsOfDate, yearsBetween } from './calendar.ts';
import { divideExactly } from './round.ts';
import { fold, spells, through } from './linked.ts';
import { extreme, integer, sameValue, strict, truth } from './state.ts';
import { thingAt } from './theory.ts';
import type { Here } from './theory.ts';
import { verdictOf } from './verdict.ts';

/*
 * What every operator means, once, over `Value`s. Nothing here is fast, cached or clever: a reader holds it beside
 * the text of `op.ts` line by line, and every other execution is tested against it.
 */

/** The value of an operator for the thing looked at. */
export function valueOf<C>(child: C, here: Here<C>): Found {
  const node = here.theory.opOf(child);
  const of = (inner: C): Found => look(inner, here);
  const at = (inner: C, place: number): Found => look(inner, { ...here, place });
  switch (node.op) {
    case 'constant': return known(node.value);
    case 'fact': return fact(node.fact, here);
    case 'entitled': return entitled(verdictOf(here.theory.ruleOf(node.service), of));
    case 'lookup': return strict([of(node.of)], ([code]) => entry(node.table, code));
    case 'not': return not(of(node.of));
    case 'and': return kleene(node.of.map(of), false);
    case 'or': return kleene(node.of.map(of), true);
    case 'compare': return test([of(node.left), of(node.right)], ([left, right]) => compares(node.test, left, right));
    case 'one-of': return node.values.length === 0 ? known(false) : test([of(node.of)], ([value]) => node.values.includes(value));
    case 'least': case 'greatest': return extreme(node.op, node.of.map(of));
    case 'if': return choose(of(node.condition), () => of(node.yes), () => of(node.no));
    case 'has': return has(of(node.of));
    case 'through': return through(node, here, at);
    case 'fold': return fold(node, here, at);
    case 'covered-months': case 'longest-gap': return spells(node, here, at);
    case 'call': return applied(node.name, { with: node.with ?? [], of: node.of.map((one) => here.theory.typeOf(one)), type: here.theory.typeOf(child) }, node.of.map(of));
    case 'add': case 'multiply': case 'subtract': case 'negate': case 'absolute': case 'rescale': case 'divide': return arithmetic(node, here, here.theory.typeOf(child));
    default: return dated(node, here);
  }
}

function look<C>(child: C, here: Here<C>): Found {
  return here.look ? here.look(child, here) : valueOf(child, here);
}

function fact<C>(id: string, { world, place }: Here<C>): Found {
  const column = world.schema.facts.get(id);
  if (!column) throw new RangeError(`there is no fact ${id}`);
  return thingAt(world, column.entity, place).facts.get(id) ?? UNKNOWN;
}

/** Whether the verdict is yes. */
function entitled(verdict: Verdict): Found {
  return verdict.kind === 'unknown' ? UNKNOWN : known(verdict.kind === 'yes');
}

/** A strict test: of none it is false. */
function test(of: readonly Found[], holds: (of: readonly [Constant, Constant]) => boolean): Found {
  const value = strict(of, (operands) => known(holds(operands)));
  return value.kind === 'none' ? known(false) : value;
}

function compares(by: Test, left: Constant, right: Constant): boolean {
  switch (by) {
    case '=': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    default: return by satisfies never;
  }
}

function entry(table: readonly (bigint | undefined)[], code: Constant): Found {
  const value = table[Number(code)];
  return value === undefined ? UNKNOWN : known(value);
}

function not(value: Found): Found {
  const held = truth(value);
  return held === undefined ? UNKNOWN : known(!held);
}

/** `and` is settled by false, `or` by true; else one unknown leaves it unknown. */
function kleene(of: readonly Found[], settles: boolean): Found {
  const held = of.map(truth);
  if (held.includes(settles)) return known(settles);
  return held.includes(undefined) ? UNKNOWN : known(!settles);
}

function choose(condition: Found, yes: () => Found, no: () => Found): Found {
  const held = truth(condition);
  if (held !== undefined) return held ? yes() : no();
  const [one, other] = [yes(), no()];
  return sameValue(one, other) ? one : UNKNOWN;
}

function has(value: Found): Found {
  return value.kind === 'unknown' ? UNKNOWN : known(value.kind === 'known');
}

type Arithmetic<C> = Extract<Op<C>, { op: 'add' | 'subtract' | 'multiply' | 'negate' | 'absolute' | 'rescale' | 'divide' } | { op: 'add' | 'multiply' }>;

function arithmetic<C>(node: Arithmetic<C>, here: Here<C>, type: Type): Found {
  const of = (inner: C): Found => look(inner, here);
  const scale = (inner: C): number => scaleOf(here.theory.typeOf(inner));
  switch (node.op) {
    case 'add': return node.of.map(of).reduce((sum, next) => both(sum, next, (a, b) => a + b));
    case 'multiply': return node.of.map(of).reduce((product, next) => both(product, next, (a, b) => a * b));
    case 'subtract': return both(of(node.left), of(node.right), (a, b) => a - b);
    case 'negate': return number(of(node.of), (a) => -a);
    case 'absolute': return number(of(node.of), (a) => (a < 0n ? -a : a));
    case 'rescale': return number(of(node.of), (a) => a * 10n ** BigInt(scaleOf(type) - scale(node.of)));
    case 'divide': {
      const shift = scaleOf(type) + scale(node.right) - scale(node.left);
      return strict([of(node.left), of(node.right)], ([left, right]) => quotient(integer(left), integer(right), shift, node.round));
    }
    default: return node satisfies never;
  }
}

function quotient(left: bigint, right: bigint, shift: number, round: Parameters<typeof divideExactly>[2]): Found {
  if (right === 0n) return NONE;
  return known(divideExactly(shift > 0 ? left * 10n ** BigInt(shift) : left, shift < 0 ? right * 10n ** BigInt(-shift) : right, round));
}

type Dated<C> = Extract<Op<C>, { op: 'years-between' | 'months-between' | 'days-between' | 'add-months' | 'add-days' | 'month-start' | 'month-end' | 'month-after' | 'part' }>;

function dated<C>(node: Dated<C>, here: Here<C>): Found {
  const of = (inner: C): Found => look(inner, here);
  switch (node.op) {
    case 'years-between': return days(of(node.from), of(node.to), yearsBetween);
    case 'months-between': return days(of(node.from), of(node.to), monthsBetween);
    case 'days-between': return days(of(node.from), of(node.to), daysBetween);
    case 'add-months': return days(of(node.date), of(node.months), addMonths);
    case 'add-days': return days(of(node.date), of(node.days), addDays);
    case 'month-start': return days(of(node.of), of(node.of), monthStart);
    case 'month-end': return days(of(node.of), of(node.of), monthEnd);
    case 'month-after': return days(of(node.of), of(node.of), monthAfter);
    case 'part': return days(of(node.of), of(node.of), (date) => partsOfDate(date)[node.part]);
    default: return node satisfies never;
  }
}

function days(a: Found, b: Found, apply: (a: number, b: number) => number): Found {
  return strict([a, b], ([first, second]) => known(BigInt(apply(Number(first), Number(second)))));
}

const number = (value: Found, apply: (a: bigint) => bigint): Found => strict([value], ([a]) => known(apply(integer(a))));

function both(a: Found, b: Found, apply: (a: bigint, b: bigint) => bigint): Found {
  return strict([a, b], ([left, right]) => known(apply(integer(left), integer(right))));
}

function scaleOf(type: Type): number {
  if (type.kind !== 'number') throw new TypeError('a number was expected');
  return type.scale;
}
