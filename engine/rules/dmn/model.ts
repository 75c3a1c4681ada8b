/*
 * A model of DMN as it is written: what its XML says, before anything is made of it. Expressions are text; references
 * are `id` for the model itself and `namespace#id` for an imported one.
 */

export interface Model {
  readonly name: string;
  readonly namespace: string;
  readonly imports: readonly { readonly name: string; readonly namespace: string }[];
  readonly types: readonly ItemType[];
  readonly inputs: readonly Variable[];
  readonly decisions: readonly Decision[];
  readonly functions: readonly Knowledge[];
  readonly services: readonly Service[];
}

export interface Variable {
  readonly id: string;
  readonly name: string;
  readonly type?: string | undefined;
}

export interface ItemType {
  readonly name: string;
  readonly collection: boolean;
  readonly type?: string | undefined;
  readonly components: readonly ItemType[];
  /** Unary tests that a value must pass; `listAllowed` those that the list as a whole must. */
  readonly allowed?: string | undefined;
  readonly takes?: readonly (string | undefined)[] | undefined;
  readonly gives?: string | undefined;
}

export interface Decision extends Variable {
  readonly logic?: Logic | undefined;
  /** Inputs, decisions and functions that its logic may name. */
  readonly requires: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly type?: string | undefined;
}

/** A business knowledge model: a function of the model. */
export interface Knowledge extends Decision {
  readonly takes: readonly Parameter[];
}

export interface Service extends Variable {
  readonly outputs: readonly string[];
  readonly inputDecisions: readonly string[];
  readonly inputData: readonly string[];
}

export type Logic = { readonly type?: string | undefined } & (
  | { readonly kind: 'literal'; readonly text: string }
  | Table
  | { readonly kind: 'context'; readonly entries: readonly { readonly name?: string | undefined; readonly type?: string | undefined; readonly logic: Logic }[] }
  | { readonly kind: 'invocation'; readonly callee: Logic; readonly bindings: readonly { readonly name: string; readonly type?: string | undefined; readonly logic?: Logic | undefined }[] }
  /** `external`: written in another language, which has no value here. */
  | { readonly kind: 'function'; readonly takes: readonly Parameter[]; readonly gives: Logic; readonly external: boolean }
  | { readonly kind: 'list'; readonly of: readonly Logic[] }
  | { readonly kind: 'relation'; readonly columns: readonly string[]; readonly rows: readonly (readonly Logic[])[] }
  | { readonly kind: 'for' | 'some' | 'every'; readonly variable: string; readonly many: Logic; readonly gives: Logic }
  | { readonly kind: 'filter'; readonly many: Logic; readonly where: Logic }
  | { readonly kind: 'conditional'; readonly condition: Logic; readonly yes: Logic; readonly no: Logic }
);

export const HIT_POLICIES = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] as const;
export type HitPolicy = (typeof HIT_POLICIES)[number];
export const AGGREGATIONS = ['SUM', 'COUNT', 'MIN', 'MAX'] as const;

export interface Table {
  readonly kind: 'table';
  readonly type?: string | undefined;
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: (typeof AGGREGATIONS)[number] | undefined;
  readonly inputs: readonly { readonly text: string; readonly type?: string | undefined; readonly allowed?: string | undefined }[];
  readonly outputs: readonly { readonly name?: string | undefined; readonly type?: string | undefined; readonly allowed?: string | undefined; readonly otherwise?: string | undefined }[];
  readonly rules: readonly { readonly when: readonly string[]; readonly gives: readonly string[] }[];
}
