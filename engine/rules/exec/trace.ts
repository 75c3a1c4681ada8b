import type { Rule } from '../build.ts';
import { printed } from '../builtin/index.ts';
import type { Expr, Op, Test } from '../op.ts';
import { seenFact } from '../schema.ts';
import { isWide } from '../type.ts';
import type { Type } from '../type.ts';
import type { Datum, Found, Provenance } from '../value.ts';
import type { RuledWorld } from './interp.ts';
import { memoOf } from './memo.ts';
import type { Memo } from './memo.ts';
import { needed } from './needed.ts';
import { integer, truth } from './state.ts';
import { thingAt } from './theory.ts';
import type { Result, Step, Trace } from './trace-format.ts';

/** What a trace is asked of: rules of one day of law, with what is known of their sources. */
export interface Traced extends RuledWorld {
  readonly lawOn: number;
  /** The law that a clause carries, by its id. */
  readonly lawOf?: ((service: string, clause: string) => string | undefined) | undefined;
}

/**
 * Why one service has its verdict for the thing at a place of its subject: every value that the verdict rests on,
 * down to the facts with their sources and dates.
 *
 * Built from nothing but the rules and the situation, so that deciding costs nothing for it: whoever wants reasons
 * later asks with the same two, which a release and a record hold.
 */
export function traceOf(traced: Traced, service: string, place: number): Trace {
  const rule = traced.rules.find((one) => one.service === service);
  if (!rule) throw new RangeError(`there is no rule of ${service}`);
  return new Traces(memoOf(traced), traced).of(rule, place);
}

/** The traces of all services whose subject is such a thing, on one table of steps. */
export function traceAll(traced: Traced, subject: string, place: number): readonly Trace[] {
  const traces = new Traces(memoOf(traced), traced);
  return traced.rules.filter((rule) => rule.subject === subject).map((rule) => traces.of(rule, place));
}

/**
 * Traces on one table of steps: what several services rest on is found out and stands there once.
 *
 * A table may be given that has steps already, of the same things seen otherwise: they are not looked for again.
 */
export class Traces {
  readonly steps: Step[];
  readonly #memo: Memo;
  readonly #said: Pick<Traced, 'lawOn' | 'lawOf'>;
  /** By place: a trace is about few things, and each has many values. */
  readonly #known: Map<Expr, number>[] = [];
  /** What is the same for all things. */
  readonly #everywhere = new Map<Expr, number>();
  readonly #things = new Map<string, NonNullable<Step['thing']>[]>();

  /** `memo` gives what the rules mean, from whichever execution. */
  constructor(memo: Memo, said: Pick<Traced, 'lawOn' | 'lawOf'>, steps: Step[] = []) {
    this.#memo = memo;
    this.#said = said;
    this.steps = steps;
  }

  /** The trace of a service for the thing at a place of its subject. */
  of({ service, subject, clauses, amount }: Rule, place: number): Trace {
    const { lawOn, lawOf } = this.#said;
    const verdict = this.#memo.verdict(service, place);
    const reached = verdict.kind === 'yes' || (verdict.kind === 'unknown' && verdict.clause === 'amount');
    return {
      format: 2, service, subject: { entity: subject, place }, lawOn, verdict,
      clauses: clauses.map(({ id, when }) => ({ id, law: lawOf?.(service, id), held: heldOf(truth(this.#memo.value(when, place))), step: this.#step(when, place) })),
      amount: reached && amount ? this.#step(amount, place) : undefined, steps: this.steps,
    };
  }

  /** The step of an expression for a thing, after all it needs. */
  #step(expr: Expr, place: number): number {
    const there = expr.entity === undefined ? this.#everywhere : (this.#known[place] ??= new Map());
    const found = there.get(expr);
    if (found !== undefined) return found;
    const at = this.steps.push(expr.node.op === 'constant' ? constantStep(expr, this.#memo) : this.#made(expr, place)) - 1;
    there.set(expr, at);
    return at;
  }

  #made(expr: Expr, place: number): Step {
    const memo = this.#memo;
    const { type, detail, at, origin, from } = saidOf(expr, memo);
    const of = needed(memo, expr, place).map(({ as, expr: operand, place: other = place }) => ({ as, step: this.#step(operand, other) }));
    const thing = expr.entity === undefined ? undefined : this.#thing(expr.entity, place);
    return { op: expr.node.op, type, detail, at, origin, thing, result: resultOf(memo, expr.type, memo.value(expr, place)), of, provenance: from && provenanceOf(memo, from, place) };
  }

  #thing(entity: string, place: number): NonNullable<Step['thing']> {
    let things = this.#things.get(entity);
    if (!things) this.#things.set(entity, things = []);
    return things[place] ??= { entity, place };
  }
}

function heldOf(truth: boolean | undefined): Trace['clauses'][number]['held'] {
  return truth === undefined ? 'unknown' : truth ? 'yes' : 'no';
}

const CONSTANTS = new WeakMap<Expr, Step>();
const NOTHING: Step['of'] = [];
Object.freeze(NOTHING);

/** The step of a constant: the same of everybody, so it is made once. */
function constantStep(expr: Expr, memo: Memo): Step {
  const found = CONSTANTS.get(expr);
  if (found) return found;
  const { type, detail, at, origin } = saidOf(expr, memo);
  const made: Step = Object.freeze({ op: expr.node.op, type, detail, at, origin, thing: undefined, result: Object.freeze(resultOf(memo, expr.type, memo.value(expr, 0))), of: NOTHING, provenance: undefined });
  CONSTANTS.set(expr, made);
  return made;
}

/** What every step of an expression says alike, made once. */
interface Said extends Pick<Step, 'type' | 'detail' | 'at' | 'origin'> {
  readonly from: { readonly key: string; readonly entity: string } | undefined;
}
const SAID = new WeakMap<Expr, Said>();

function saidOf(expr: Expr, memo: Memo): Said {
  const found = SAID.get(expr);
  if (found) return found;
  const { type, at, origin } = expr;
  const made: Said = { type: typeOf(type), detail: detailOf(expr, memo), at: { from: at.from, to: at.to }, origin: origin && { ...origin }, from: fromOf(memo, expr) };
  for (const part of Object.values(made)) Object.freeze(part);
  SAID.set(expr, made);
  return made;
}

function detailOf({ node }: Expr, memo: Memo): Step['detail'] {
  switch (node.op) {
    case 'fact': return { fact: seenFact(node.fact).fact };
    case 'entitled': return { service: node.service };
    case 'through': case 'covered-months': case 'longest-gap': return { link: node.link };
    case 'fold': return { link: node.link, fold: node.fold };
    case 'compare': return { test: node.test };
    case 'divide': return { round: node.round };
    case 'part': return { part: node.part };
    case 'call': return { name: node.name, with: node.with && [...node.with], test: testOf(node) };
    case 'one-of': return { values: node.values.map((value) => plain(memo, node.of.type, value)) };
    default: return {};
  }
}

/** What says where a value comes from: of a fact the record, of a link who says that these belong together. Members that a group is asked for say so themselves. */
function fromOf({ world: { schema } }: Memo, { node }: Expr): Said['from'] {
  const key = node.op === 'fact' ? node.fact : 'link' in node ? node.link : undefined;
  if (key === undefined) return undefined;
  const link = schema.links.get(key);
  const entity = node.op === 'fact' ? schema.facts.get(key)?.entity : node.op === 'fold' && link?.kind === 'grouping' ? undefined : link?.from;
  return entity === undefined ? undefined : { key, entity };
}

function provenanceOf({ world }: Memo, { key, entity }: NonNullable<Said['from']>, place: number): Step['provenance'] {
  const found = thingAt(world, entity, place).provenance?.get(key);
  return found && provenanceIn(found);
}

const PROVENANCE = new WeakMap<Provenance, NonNullable<Step['provenance']>>();

/** A record's source, copied once however many values came from it. */
function provenanceIn(of: Provenance): NonNullable<Step['provenance']> {
  const found = PROVENANCE.get(of) ?? Object.freeze({ ...of });
  PROVENANCE.set(of, found);
  return found;
}

/** Of a comparison that rules do without, which one it is. */
function testOf({ name, with: [written] = [] }: Extract<Op<Expr>, { op: 'call' }>): Test | undefined {
  return name === 'compare' ? TESTS.find((test) => test === written) : undefined;
}

const TESTS: readonly Test[] = ['=', '!=', '<', '<=', '>', '>='];

function typeOf(type: Type): Step['type'] {
  switch (type.kind) {
    case 'number': return { kind: 'number', scale: type.scale, unit: type.unit };
    case 'code': return { kind: 'code', list: type.list };
    default: return { kind: type.kind };
  }
}

const [YES, NO, NONE, UNKNOWN] = [{ kind: 'known', value: true }, { kind: 'known', value: false }, { kind: 'none' }, { kind: 'unknown' }] as const;
for (const one of [YES, NO, NONE, UNKNOWN]) Object.freeze(one);

function resultOf(memo: Memo, type: Type, value: Found): Result {
  if (value.kind !== 'known') return value.kind === 'none' ? NONE : UNKNOWN;
  if (typeof value.value === 'boolean' && !isWide(type)) return value.value ? YES : NO;
  return { kind: 'known', value: plain(memo, type, value.value) };
}

/** A value as JSON has it: codes by what they are, all other numbers as integers, what only forms compute as FEEL writes it. */
function plain({ world }: Memo, type: Type, value: Datum): number | boolean | string {
  if (typeof value === 'object' || isWide(type)) return printed(value, type);
  if (typeof value !== 'bigint') return value;
  return type.kind === 'code' ? (world.schema.codeLists.get(type.list)?.codes[Number(value)] ?? '') : Number(integer(value));
}

