import type { Checker, Frame } from '#engine/rules/check/index.ts';
import { asForm, dmn, evaluate, form } from '#engine/rules/index.ts';
import type { Expr, Found, Op, Schema, Type } from '#engine/rules/index.ts';
import { parseFormCell } from '#engine/rules/syntax/index.ts';
import { isSame } from './compare.ts';
import { WORLD } from './world.ts';

const NOWHERE = { from: 0, to: 0 };
const FRAME: Frame = { entity: undefined, depth: 0, site: { file: '', path: [] }, vars: new Map(), inlined: true };

/** Values that are given, found and declared, between FEEL and the typed profile. */
export class Values {
  readonly #checker: Checker;
  readonly #schema: Schema;
  readonly #types: ReadonlyMap<string, form.FormType>;

  constructor(checker: Checker, schema: Schema, model: dmn.Model) {
    this.#checker = checker;
    this.#schema = schema;
    this.#types = dmn.typesOf(model.types, new Map(), (text) => parseFormCell(text).value);
  }

  make(node: Op<Expr>, declared?: Type): Expr | undefined {
    return this.#checker.make(node, NOWHERE, FRAME, declared);
  }

  /** A given value as its type takes it; null, and what the profile has no value for, is none. */
  given(value: form.FormValue, type: string | undefined): Expr | undefined {
    const declared = this.#type(type);
    return this.constant(declared ? form.coerced(value, declared) : value);
  }

  constant(value: form.FormValue): Expr | undefined {
    if (value === null) return undefined;
    if (typeof value === 'boolean' || typeof value === 'string') return this.make({ op: 'constant', value });
    switch (value.kind) {
      case 'number': return this.#checker.rule(form.printNumber(value), FRAME);
      case 'date': return this.#checker.rule(`date("${form.printValue(value)}")`, FRAME);
      case 'months': case 'duration': case 'time': case 'date and time': return this.make({ op: 'call', name: 'literal', of: [], with: [form.printValue(value)] });
      case 'list': return this.#checker.expr({ kind: 'list', of: value.items.map((_, at) => ({ kind: 'name', name: `${String(at)}`, at: NOWHERE })), at: NOWHERE }, this.#named(value.items.map((item, at) => [String(at), this.constant(item)])));
      case 'context': {
        const entries = [...value.entries].map(([key, entry]) => [key, this.constant(entry)] as const);
        const found = entries.flatMap(([, expr]) => expr ?? []);
        return found.length === entries.length ? this.make({ op: 'call', name: 'context', of: found, with: entries.map(([key]) => key) }) : undefined;
      }
      case 'range': case 'function': return undefined;
      default: return value satisfies never;
    }
  }

  #named(values: readonly (readonly [string, Expr | undefined])[]): Frame {
    return { ...FRAME, vars: new Map(values.map(([name, expr]) => [name, { kind: 'expr', expr, depth: 0 }])) };
  }

  #type(name: string | undefined): form.FormType | undefined {
    return name === undefined ? undefined : form.typeOf({ kind: 'named', name }, this.#types);
  }

  /** The value of an expression as one of FEEL; undefined where it is unknown. */
  said(value: Found, type: Type): form.FormValue | undefined {
    if (value.kind === 'unknown') return undefined;
    return value.kind === 'none' ? null : asForm(value.value, type, (list) => this.#schema.codeLists.get(list)?.labels ?? []);
  }

  /** Whether the declared types take the value of an expression as it is; the profile itself knows nothing of them. */
  passes(expr: Expr, declared: readonly (string | undefined)[]): boolean {
    const value = this.said(evaluate({ schema: this.#schema, rules: [], situation: WORLD }, expr, 0), expr.type);
    return value !== undefined && declared.every((name) => {
      const type = this.#type(name);
      return type === undefined || isSame(value, form.coerced(value, type));
    });
  }

  /** Whether a truth value that rests on nothing unknown is true. */
  holds(expr: Expr): boolean {
    return this.said(evaluate({ schema: this.#schema, rules: [], situation: WORLD }, expr, 0), expr.type) === true;
  }

  all(of: readonly (Expr | undefined)[]): Expr | undefined {
    const found = of.filter((one) => one !== undefined);
    return found.length < of.length ? undefined : this.make({ op: 'and', of: found.length === 0 ? [] : found });
  }

  /** What a table gives: of the outputs of the rows that hold what its hit policy takes. */
  collected({ hitPolicy, aggregation }: dmn.Table, { conditions, outputs, otherwise }: { readonly conditions: readonly (Expr | undefined)[]; readonly outputs: readonly (Expr | undefined)[]; readonly otherwise: Expr | undefined }): Expr | undefined {
    const names = this.#named([...outputs.map((output, row) => [`o${String(row)}`, output] as const), ...conditions.map((condition, row) => [`c${String(row)}`, condition] as const)]);
    const listed = (letter: string): Expr | undefined => this.#checker.expr({ kind: 'list', of: outputs.map((_, row) => ({ kind: 'name', name: `${letter}${String(row)}`, at: NOWHERE })), at: NOWHERE }, names);
    const [gives, holds] = [listed('o'), listed('c')];
    if (otherwise && (hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER' || (hitPolicy === 'COLLECT' && aggregation === undefined))) return undefined;
    const hits = gives && holds && this.make({ op: 'call', name: 'kept', of: [gives, holds] });
    if (!hits) return undefined;
    const one = (list: Expr): Expr | undefined => this.#at(list, otherwise);
    switch (hitPolicy) {
      case 'FIRST': case 'PRIORITY': return one(hits);
      case 'UNIQUE': return this.#only(hits, hits, otherwise);
      case 'ANY': {
        const distinct = this.make({ op: 'call', name: 'distinct values', of: [hits] });
        return distinct && this.#only(distinct, hits, otherwise);
      }
      case 'RULE ORDER': case 'OUTPUT ORDER': return hits;
      case 'COLLECT': return aggregation === undefined ? hits : this.#folded(aggregation, hits, otherwise);
      default: return hitPolicy satisfies never;
    }
  }

  #folded(aggregation: NonNullable<dmn.Table['aggregation']>, hits: Expr, otherwise: Expr | undefined): Expr | undefined {
    const found = this.make({ op: 'call', name: aggregation.toLowerCase(), of: [hits] });
    const [count, zero] = [otherwise && this.make({ op: 'call', name: 'count', of: [hits] }), this.#number(0n)];
    const empty = count && zero && this.make({ op: 'compare', test: '=', left: count, right: zero });
    return found && otherwise && empty ? this.make({ op: 'if', condition: empty, yes: otherwise, no: found }) : found;
  }

  #number(value: bigint): Expr | undefined {
    return this.make({ op: 'constant', value }, { kind: 'number', scale: 0, min: value, max: value });
  }

  /** The first of a list, else what the table gives where no row holds. */
  #at(list: Expr, otherwise: Expr | undefined): Expr | undefined {
    const place = this.#number(1n);
    const first = place && this.make({ op: 'call', name: 'item', of: [list, place] });
    const there = first && otherwise && this.make({ op: 'has', of: first });
    return there ? this.make({ op: 'if', condition: there, yes: first, no: otherwise }) : first;
  }

  /** The one of a list of one; of more there is none. */
  #only(list: Expr, hits: Expr, otherwise: Expr | undefined): Expr | undefined {
    const first = this.#at(list, otherwise);
    const [count, two] = [this.make({ op: 'call', name: 'count', of: [list] }), this.#number(1n)];
    const several = count && two && this.make({ op: 'compare', test: '>', left: count, right: two });
    const nothing = hits.type.kind === 'list' && hits.type.of ? this.make({ op: 'call', name: 'nothing', of: [] }, hits.type.of) : undefined;
    return first && several && nothing && this.make({ op: 'if', condition: several, yes: nothing, no: first });
  }
}
