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

/** What a tree may hold: `rule` is what services may say, `form` all of FEEL, for forms and imported models. */
export interface AstBy {
  readonly rule: Narrow<'rule'>;
  readonly form: Narrow<'form'> | Wide;
}
export type Profile = keyof AstBy;

/** A rule as written, each part with its range in the text. Numbers and dates keep their digits; brackets are gone. */
export type Ast = AstBy['rule'];
/** Any expression of FEEL. Every rule is one too. */
export type FormAst = AstBy['form'];

type Narrow<P extends Profile> = { readonly at: Span } & (
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
  | { readonly kind: 'path'; readonly of: AstBy[P]; readonly name: string; readonly nameAt: Span }
  | { readonly kind: 'filter'; readonly of: AstBy[P]; readonly where: AstBy[P] }
  | { readonly kind: 'call'; readonly name: string; readonly nameAt: Span; readonly of: readonly AstBy[P][] }
  | { readonly kind: 'list'; readonly of: readonly AstBy[P][] }
  | { readonly kind: 'negate'; readonly of: AstBy[P] }
  | { readonly kind: 'arithmetic'; readonly sign: Sign; readonly left: AstBy[P]; readonly right: AstBy[P] }
  | { readonly kind: 'compare'; readonly test: Test; readonly left: AstBy[P]; readonly right: AstBy[P] }
  | { readonly kind: 'between'; readonly of: AstBy[P]; readonly low: AstBy[P]; readonly high: AstBy[P] }
  | { readonly kind: 'in'; readonly of: AstBy[P]; readonly tests: readonly UnaryTest<P>[] }
  | { readonly kind: 'and' | 'or'; readonly of: readonly AstBy[P][] }
  | { readonly kind: 'if'; readonly condition: AstBy[P]; readonly yes: AstBy[P]; readonly no: AstBy[P] }
  | { readonly kind: 'some' | 'every'; readonly variable: string; readonly many: AstBy[P]; readonly satisfies: AstBy[P] }
  | { readonly kind: 'for'; readonly variable: string; readonly many: AstBy[P]; readonly gives: AstBy[P] }
);

/** What only forms may say. */
export type Wide = { readonly at: Span } & (
  /** `@"…"` of a time, a moment or a duration. */
  | { readonly kind: 'temporal'; readonly text: string }
  | { readonly kind: 'context'; readonly entries: readonly { readonly key: string; readonly value: FormAst }[] }
  /** A function of its own; one that is `external` is written in another language and has no value here. */
  | { readonly kind: 'function'; readonly takes: readonly { readonly name: string; readonly type?: TypeName | undefined }[]; readonly gives: FormAst; readonly external: boolean }
  /** A call of what an expression gives, or with named arguments. */
  | { readonly kind: 'invoke'; readonly callee: FormAst; readonly of: readonly { readonly name?: string | undefined; readonly value: FormAst }[] }
  /** A range or a comparison standing for the set of values that pass it. */
  | { readonly kind: 'set'; readonly test: Exclude<UnaryTest<'form'>, { kind: 'is' }> }
  | { readonly kind: 'instance'; readonly of: FormAst; readonly type: TypeName }
  /** Several variables, or a count from one number to another. */
  | { readonly kind: 'over'; readonly what: 'for' | 'some' | 'every'; readonly variables: readonly { readonly name: string; readonly from: FormAst; readonly to?: FormAst | undefined }[]; readonly gives: FormAst }
);

/** The name of a type as written: `number`, `date and time`, `list<string>`, `context<a: number>`, `function<number> -> string`. */
export type TypeName =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list' | 'range'; readonly of: TypeName }
  | { readonly kind: 'context'; readonly entries: readonly { readonly key: string; readonly type: TypeName }[] }
  | { readonly kind: 'function'; readonly takes: readonly TypeName[]; readonly gives: TypeName };

export type Sign = '+' | '-' | '*' | '/' | '**';

/** One alternative of `in (…)` or of a cell of a decision table. */
export type UnaryTest<P extends Profile = 'rule'> = { readonly at: Span } & (
  | { readonly kind: 'is'; readonly value: AstBy[P] }
  | { readonly kind: 'than'; readonly test: Test; readonly value: AstBy[P] }
  | { readonly kind: 'range'; readonly low: AstBy[P]; readonly lowIn: boolean; readonly high: AstBy[P]; readonly highIn: boolean }
);

/** A cell of a decision table: any of the tests, or none of them; no tests at all is "whatever it is". */
export interface Cell {
  readonly negated: boolean;
  readonly tests: readonly UnaryTest[] | 'any';
}

/** The same of a form's table. */
export interface FormCell {
  readonly negated: boolean;
  readonly tests: readonly UnaryTest<'form'>[] | 'any';
}
