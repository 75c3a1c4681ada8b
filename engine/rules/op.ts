import type { Known, Rounding } from './type.ts';

/** A constant: units of a number, yyyymmdd of a date, index of a code, a truth value, a text. */
export type Constant = bigint | boolean | string;

/**
 * Every operator of FEEL-S, over children of type `C`: an `Expr` where the checker speaks, a node id in a program.
 *
 * Three states (contract 2): **known**, **none** (known to be absent), **unknown** (nobody told us).
 * - Strict operators (compare, one-of, arithmetic, dates, lookup): none first, then unknown. A comparison with none
 *   is false; arithmetic, dates and look-ups of none are none. Only where no operand is none an unknown one makes
 *   the result unknown.
 * - Logic is Kleene's, with none read as false: false beats unknown in `and`, true beats it in `or`.
 * - `if`: an unknown condition gives unknown, unless both branches are the same known value or both none.
 * - Folds over many: none values are left out (of `some` and `every` too), things whose filter is false or none are
 *   left out; an unknown value, an unknown filter (whatever its thing's value) or a list that is not known makes the
 *   result unknown, except that one true settles `some` and one false settles `every`, where its own filter is true.
 *   `count` looks at no value. Nothing to fold: count 0, sum 0, least and greatest none, some false, every true.
 *
 * Every operator is total: it has an answer for every value of its operand types.
 */
export type Op<C> =
  | { readonly op: 'constant'; readonly value: Constant }
  /** The value of a fact of the thing itself. */
  | { readonly op: 'fact'; readonly fact: string }
  /** 应领: whether the run's own verdict on a service for this thing is yes; unknown while that is unknown. */
  | { readonly op: 'entitled'; readonly service: string }
  /** What stands in a table for a code: a parameter by area, a rate by grade. A code without an entry is unknown. */
  | { readonly op: 'lookup'; readonly of: C; readonly table: readonly (bigint | undefined)[] }
  | { readonly op: 'not'; readonly of: C }
  | { readonly op: 'and' | 'or'; readonly of: readonly C[] }
  /** Operands have one kind of type; numbers one scale. Codes, texts and truth values know `=` and `!=` only. `!=` with none is false too. */
  | { readonly op: 'compare'; readonly test: Test; readonly left: C; readonly right: C }
  /** Whether the value is one of the constants; with `none` or no constants false. */
  | { readonly op: 'one-of'; readonly of: C; readonly values: readonly Constant[] }
  /** Sums and products; a sum's operands have the result's scale, a product's scales add up to it. */
  | { readonly op: 'add' | 'multiply'; readonly of: readonly C[] }
  | { readonly op: 'subtract'; readonly left: C; readonly right: C }
  | { readonly op: 'negate' | 'absolute'; readonly of: C }
  /** The smallest and largest of the operands (numbers of one scale, or dates); none is left out, all none is none, an unknown one makes it unknown. */
  | { readonly op: 'least' | 'greatest'; readonly of: readonly C[] }
  /** The same number at the larger scale of the result. */
  | { readonly op: 'rescale'; readonly of: C }
  /** The one division: left / right at the scale of the result, rounded. Division by zero is none. */
  | { readonly op: 'divide'; readonly left: C; readonly right: C; readonly round: Rounding }
  | { readonly op: 'if'; readonly condition: C; readonly yes: C; readonly no: C }
  /** Whether there is a value: false for none, unknown for unknown. */
  | { readonly op: 'has'; readonly of: C }
  /** Full years, full months, days from one date to another; 0 where the second is earlier. Anniversary rule: 29 February counts on 1 March; the 31st counts in a shorter month on the first of the next. */
  | { readonly op: 'years-between' | 'months-between' | 'days-between'; readonly from: C; readonly to: C }
  /** The date that many months later (earlier where negative); a day the month does not have becomes its last. Held between FIRST_DATE and LAST_DATE. */
  | { readonly op: 'add-months'; readonly date: C; readonly months: C }
  | { readonly op: 'add-days'; readonly date: C; readonly days: C }
  /** The first and last day of the month of a date, and the first day of the month after (LAST_DATE where there is none). */
  | { readonly op: 'month-start' | 'month-end' | 'month-after'; readonly of: C }
  | { readonly op: 'part'; readonly part: 'year' | 'month' | 'day'; readonly of: C }
  /** The value of the one thing a link leads to (the person's household, the spouse); none where it leads to nothing, unknown where the link is not known. */
  | { readonly op: 'through'; readonly link: string; readonly of: C }
  /** A fold over the many things a link leads to; `where` and `value` are of those things. */
  | { readonly op: 'fold'; readonly link: string; readonly fold: Fold; readonly where?: C | undefined; readonly value?: C | undefined }
  /** Of dated spells: how many calendar months between two dates (both months included) have a day in some spell, and the longest run of months that have none. `where` is of the spells. A spell without end is still going on. Spells that overlap count once; a window that ends in a month before its first has no months; a spell without start, or that ends before it starts, covers nothing. None of `from` or `to` is none; then an unknown window, list, filter, or date of a spell that passed makes it unknown. */
  | { readonly op: 'covered-months' | 'longest-gap'; readonly link: string; readonly where?: C | undefined; readonly from: C; readonly to: C }
  /** A function beyond the profile of services (`builtin/`): allowed in forms and questions, refused where millions are decided. `with`: what is written into it, such as the names of a context's entries. */
  | { readonly op: 'call'; readonly name: string; readonly with?: readonly string[] | undefined; readonly of: readonly C[] };

export type OpName = Op<never>['op'];
export type Test = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Fold = 'count' | 'sum' | 'least' | 'greatest' | 'some' | 'every';

/** A range of a text, in UTF-16 units from its start. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What an expression was written as before it was put in its place; explanations call it so. */
export interface Origin {
  readonly kind: 'definition' | 'parameter' | 'table';
  /** Its id or name in the pack. */
  readonly id: string;
  /** The law or document it rests on, by its id. */
  readonly source?: string | undefined;
  /** The day from which this version holds, as yyyymmdd. */
  readonly validFrom?: number | undefined;
}

/** A checked expression: an operator over expressions with the type, entity and place of each. The meaning is defined on it. */
export interface Expr extends Known {
  readonly node: Op<Expr>;
  /** The kind of thing it is a value of; undefined where it is the same for all. */
  readonly entity: string | undefined;
  readonly at: Span;
  readonly origin?: Origin | undefined;
}

/** The children of an operator, in a fixed order. */
export function childrenOf<C>(node: Op<C>): readonly C[] {
  switch (node.op) {
    case 'constant': case 'fact': case 'entitled': return [];
    case 'lookup': case 'not': case 'one-of': case 'negate': case 'absolute': case 'rescale': case 'has': case 'month-start': case 'month-end': case 'month-after': case 'part': case 'through': return [node.of];
    case 'and': case 'or': case 'add': case 'multiply': case 'least': case 'greatest': case 'call': return node.of;
    case 'compare': case 'subtract': case 'divide': return [node.left, node.right];
    case 'if': return [node.condition, node.yes, node.no];
    case 'years-between': case 'months-between': case 'days-between': return [node.from, node.to];
    case 'add-months': return [node.date, node.months];
    case 'add-days': return [node.date, node.days];
    case 'fold': return [node.where, node.value].filter((child) => child !== undefined);
    case 'covered-months': case 'longest-gap': return [node.where, node.from, node.to].filter((child) => child !== undefined);
    default: return node satisfies never;
  }
}

/** The same operator over other children. */
export function mapChildren<A, B>(node: Op<A>, to: (child: A) => B): Op<B> {
  switch (node.op) {
    case 'constant': case 'fact': case 'entitled': return node;
    case 'lookup': case 'not': case 'one-of': case 'negate': case 'absolute': case 'rescale': case 'has': case 'month-start': case 'month-end': case 'month-after': case 'part': case 'through': return { ...node, of: to(node.of) };
    case 'and': case 'or': case 'add': case 'multiply': case 'least': case 'greatest': case 'call': return { ...node, of: node.of.map(to) };
    case 'compare': case 'subtract': case 'divide': return { ...node, left: to(node.left), right: to(node.right) };
    case 'if': return { ...node, condition: to(node.condition), yes: to(node.yes), no: to(node.no) };
    case 'years-between': case 'months-between': case 'days-between': return { ...node, from: to(node.from), to: to(node.to) };
    case 'add-months': return { ...node, date: to(node.date), months: to(node.months) };
    case 'add-days': return { ...node, date: to(node.date), days: to(node.days) };
    case 'fold': return { ...node, where: node.where === undefined ? undefined : to(node.where), value: node.value === undefined ? undefined : to(node.value) };
    case 'covered-months': case 'longest-gap': return { ...node, where: node.where === undefined ? undefined : to(node.where), from: to(node.from), to: to(node.to) };
    default: return node satisfies never;
  }
}
