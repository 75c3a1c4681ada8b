import { printed } from '../builtin/index.ts';
import type { Expr, Op, Test } from '../op.ts';
import { seenFact } from '../schema.ts';
import { isWide } from '../type.ts';
import type { Type } from '../type.ts';
import type { Datum, Found, Provenance, Verdict } from '../value.ts';
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
  return traceWith(memoOf(traced), traced, service, place);
}

/** The traces of all services whose subject is such a thing; what they share is computed once. */
export function traceAll(traced: Traced, subject: string, place: number): readonly Trace[] {
  const memo = memoOf(traced);
  return traced.rules.filter((rule) => rule.subject === subject).map((rule) => traceWith(memo, traced, rule.service, place));
}

/** The same from values that were found before: whatever gives the meaning of the rules, and remembers. */
export function traceWith(memo: Memo, traced: Pick<Traced, 'rules' | 'lawOn' | 'lawOf'>, service: string, place: number): Trace {
  const rule = memo.theory.ruleOf(service);
  const steps = new Steps(memo);
  const verdict: Verdict = memo.verdict(service, place);
  const clauses = rule.clauses.map(({ id, when }) => {
    const held = truth(memo.value(when, place));
    return { id, law: traced.lawOf?.(service, id), held: held === undefined ? ('unknown' as const) : held ? ('yes' as const) : ('no' as const), step: steps.of(when, place) };
  });
  const reached = verdict.kind === 'yes' || (verdict.kind === 'unknown' && verdict.clause === 'amount');
  const amount = reached && rule.amount ? steps.of(rule.amount, place) : undefined;
  const entity = traced.rules.find((one) => one.service === service)?.subject ?? '';
  return { format: 1, service, subject: { entity, place }, lawOn: traced.lawOn, verdict, clauses, amount, steps: steps.all };
}

class Steps {
  readonly all: Step[] = [];
  readonly #memo: Memo;
  /** By place: a trace is about few things, and each has many values. */
  readonly #known = new Map<number, Map<Expr, number>>();

  constructor(memo: Memo) {
    this.#memo = memo;
  }

  /** The step of an expression for a thing, with all it needs before it. */
  of(expr: Expr, place: number): number {
    let there = this.#known.get(place);
    if (!there) this.#known.set(place, there = new Map());
    const found = there.get(expr);
    if (found !== undefined) return found;
    const of = needed(this.#memo, expr, place).map((one) => ({ as: one.as, step: this.of(one.expr, one.place) }));
    const at = this.all.push(this.#step(expr, place, of)) - 1;
    there.set(expr, at);
    return at;
  }

  #step(expr: Expr, place: number, of: Step['of']): Step {
    const { type, detail, at, origin } = saidOf(expr, this.#memo);
    const thing = expr.entity === undefined ? undefined : { entity: expr.entity, place };
    return { op: expr.node.op, thing, type, result: resultOf(this.#memo, expr.type, this.#memo.value(expr, place)), detail, of, at, origin, provenance: provenanceOf(this.#memo, expr, place) };
  }
}

/** What every step of an expression says alike, made once. */
type Said = Pick<Step, 'type' | 'detail' | 'at' | 'origin'>;
const SAID = new WeakMap<Expr, Said>();

function saidOf(expr: Expr, memo: Memo): Said {
  const found = SAID.get(expr);
  if (found) return found;
  const { type, at, origin } = expr;
  const made: Said = { type: typeOf(type), detail: detailOf(expr, memo), at: { from: at.from, to: at.to }, origin: origin && { ...origin } };
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

/** Of a fact the record it came from, of a link who says that these belong together. Members that a group is asked for say so themselves. */
function provenanceOf({ world }: Memo, { node }: Expr, place: number): Step['provenance'] {
  const key = node.op === 'fact' ? node.fact : 'link' in node ? node.link : undefined;
  if (key === undefined) return undefined;
  const link = world.schema.links.get(key);
  const entity = node.op === 'fact' ? world.schema.facts.get(key)?.entity : node.op === 'fold' && link?.kind === 'grouping' ? undefined : link?.from;
  const found = entity === undefined ? undefined : thingAt(world, entity, place).provenance?.get(key);
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

function resultOf(memo: Memo, type: Type, value: Found): Result {
  return value.kind === 'known' ? { kind: 'known', value: plain(memo, type, value.value) } : { kind: value.kind };
}

/** A value as JSON has it: codes by what they are, all other numbers as integers, what only forms compute as FEEL writes it. */
function plain({ world }: Memo, type: Type, value: Datum): number | boolean | string {
  if (typeof value === 'object' || isWide(type)) return printed(value, type);
  if (typeof value !== 'bigint') return value;
  return type.kind === 'code' ? (world.schema.codeLists.get(type.list)?.codes[Number(value)] ?? '') : Number(integer(value));
}

