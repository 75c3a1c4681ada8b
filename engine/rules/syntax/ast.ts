import type { Span, Test } from '../op.ts';

/** Something wrong with a rule text; it becomes a diagnostic when its file is known. */
export interface Problem {
  readonly code: string;
  readonly at: Span;
  readonly data: Readonly<Record<string, string | number>>;
  readonly nearest?: string | undefined;
  /** An error where absent. */
  readonly severity?: 'warning';
}

/** A rule as written, each part with its range in the text. Numbers and dates keep their digits; brackets are gone. */
export type Ast = { readonly at: Span } & (
  /** Digits as written, perhaps with a minus before them. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** What stands in `date("…")` or `@"…"`. */
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'null' }
  /** The value that a cell of a table tests: `?`. */
  | { readonly kind: 'tested' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'path'; readonly of: Ast; readonly name: string; readonly nameAt: Span }
  | { readonly kind: 'filter'; readonly of: Ast; readonly where: Ast }
  | { readonly kind: 'call'; readonly name: string; readonly nameAt: Span; readonly of: readonly Ast[] }
  | { readonly kind: 'list'; readonly of: readonly Ast[] }
  | { readonly kind: 'negate'; readonly of: Ast }
  | { readonly kind: 'arithmetic'; readonly sign: Sign; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'compare'; readonly test: Test; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'between'; readonly of: Ast; readonly low: Ast; readonly high: Ast }
  | { readonly kind: 'in'; readonly of: Ast; readonly tests: readonly UnaryTest[] }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Ast[] }
  | { readonly kind: 'if'; readonly condition: Ast; readonly yes: Ast; readonly no: Ast }
  | { readonly kind: 'some' | 'every'; readonly variable: string; readonly many: Ast; readonly satisfies: Ast }
  | { readonly kind: 'for'; readonly variable: string; readonly many: Ast; readonly gives: Ast }
);

export type Sign = '+' | '-' | '*' | '/' | '**';

/** One alternative of `in (…)` or of a cell of a decision table. */
export type UnaryTest = { readonly at: Span } & (
  | { readonly kind: 'is'; readonly value: Ast }
  | { readonly kind: 'than'; readonly test: Test; readonly value: Ast }
  | { readonly kind: 'range'; readonly low: Ast; readonly lowIn: boolean; readonly high: Ast; readonly highIn: boolean }
);

/** A cell of a decision table: any of the tests, or none of them; no tests at all is "whatever it is". */
export interface Cell {
  readonly negated: boolean;
  readonly tests: readonly UnaryTest[] | 'any';
}
