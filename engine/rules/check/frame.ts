import type { Pack, Parameter } from '#engine/pack/index.ts';
import type { Declared } from '../infer.ts';
import type { Expr, Op, Span } from '../op.ts';
import type { Site } from '../report.ts';
import type { Link } from '../schema.ts';
import type { FormAst, FormCell, Problem } from '../syntax/index.ts';
import type { ParameterTable, Report, Vocabulary } from '../vocabulary/index.ts';

/** What rules are checked against: a pack's vocabulary on one day of law. */
export interface Environment {
  readonly pack: Pack;
  readonly vocabulary: Vocabulary;
  /** The day of law as yyyymmdd. */
  readonly lawOn: number;
  /** The day of the facts as yyyymmdd. */
  readonly factsOn: number;
  /** The subject of each service whose standard is in force on the day. */
  readonly subjects: ReadonlyMap<string, string>;
  /** Definitions and services that ask themselves; they are reported elsewhere. */
  readonly circular: ReadonlySet<string>;
  /** Parameters that an example fixes, by name, as digits. */
  readonly overrides: ReadonlyMap<string, string>;
  /** The services that an example says somebody is entitled to, and no others; undefined where rules decide. */
  readonly entitled?: ReadonlySet<string> | undefined;
  /** Whether expressions of forms and questions are checked, which may say more than rules of services. */
  readonly forms?: boolean | undefined;
  /** Functions of an imported model, by name. */
  readonly functions?: ReadonlyMap<string, { readonly takes: readonly string[]; readonly make: (args: readonly Expr[], at: Span) => Expr | undefined }> | undefined;
  readonly parse: (text: string) => { readonly value: FormAst | undefined; readonly problems: readonly Problem[] };
  readonly parseCell: (text: string) => { readonly value: FormCell | undefined; readonly problems: readonly Problem[] };
  /** The values of a parameter on the day of law. */
  readonly parameterOn: (parameter: Parameter) => ParameterTable;
  readonly report: Report;
}

/** Where an expression is checked: whose facts bare names are, and what its variables stand for. */
export interface Frame {
  /** The thing that bare names are about; undefined where a rule is about none. */
  readonly entity: string | undefined;
  /** How many folds it stands inside: a value of one thing cannot be used where another is looked at. */
  readonly depth: number;
  readonly site: Site;
  readonly vars: ReadonlyMap<string, Bound>;
  /** Inside `some m in … satisfies`: the variable, without which a name would be about the thing outside. */
  readonly variable?: string | undefined;
  /** Inside a parameterised definition or a table, where a condition may be settled by its arguments. */
  readonly inlined: boolean;
}

export type Bound =
  | { readonly kind: 'expr'; readonly expr: Expr | undefined; readonly depth: number }
  | { readonly kind: 'thing'; readonly entity: string; readonly depth: number };

/** One thing, reached from that of the frame over links that lead to one. */
export interface Thing {
  readonly kind: 'thing';
  readonly via: readonly Link[];
  readonly entity: string;
  readonly depth: number;
}

/** Many things that a link leads to, perhaps filtered, perhaps with a value of each. */
export interface Many {
  readonly kind: 'many';
  readonly via: readonly Link[];
  readonly link: Link;
  /** The kind of each of the many. */
  readonly entity: string;
  readonly where?: Expr | undefined;
  readonly value?: Expr | undefined;
  readonly depth: number;
}

export type Resolved = { readonly kind: 'expr'; readonly expr: Expr } | Thing | Many;

/** What the parts of the checker ask of each other. Undefined: it is wrong, and that has been reported. */
export interface Check {
  readonly env: Environment;
  /** Definitions without arguments, already checked, by name and the thing they are about. */
  readonly whole: Map<string, Expr | undefined>;
  expr(ast: FormAst, frame: Frame): Expr | undefined;
  resolve(ast: FormAst, frame: Frame): Resolved | undefined;
  make(node: Op<Expr>, at: Span, frame: Frame, declared?: Declared): Expr | undefined;
  fail(frame: Frame, code: string, at: Span, data?: Problem['data'], nearest?: string): undefined;
  warn(frame: Frame, code: string, at: Span, data?: Problem['data']): void;
}
