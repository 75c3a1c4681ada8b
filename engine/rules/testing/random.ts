import { lengthOfMonth } from '#engine/kernel/index.ts';
import type { Rule } from '../build.ts';
import { isExpr, typed } from '../expr.ts';
import type { Expr, Op, OpName } from '../op.ts';
import { receivesFact } from '../schema.ts';
import type { FactColumn, Schema } from '../schema.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Situation, Thing, Value } from '../value.ts';
import { constantOf, randomExpr } from './random-expr.ts';
import type { Speech } from './random-expr.ts';
import { randomSchema } from './random-schema.ts';
import { seeded } from './seed.ts';
import type { Seeded } from './seed.ts';

export interface RandomOptions {
  /** How many services; 5 where not said. */
  readonly services?: number;
  /** How deep a clause may be; 4 where not said. */
  readonly depth?: number;
  /** Operators an execution does not have; none where not said. */
  readonly without?: ReadonlySet<OpName>;
  /** Whether there are facts of type text; yes where not said. */
  readonly text?: boolean;
}

/** Rules of one day of law over a world of their own. */
export interface RandomRules {
  readonly schema: Schema;
  readonly rules: readonly Rule[];
  readonly lawOn: number;
}

const SUBJECTS = ['person', 'person', 'living', 'dwelling'] as const;

/**
 * Well-typed rules that differ by seed: two groupings, relations to a spouse and children anywhere, spells of
 * insurance, folds within folds, services that ask one another and exclude one another.
 */
export function randomRules(seed: number, { services: count = 5, depth = 4, without = new Set(), text = true }: RandomOptions = {}): RandomRules {
  const random = seeded(seed);
  const services = Array.from({ length: count }, (_, at) => ({ id: `s${String(at)}`, subject: at === 0 ? 'person' : random.pick(SUBJECTS) }));
  const schema = randomSchema(random, services, text);
  const subjects = new Map(services.map(({ id, subject }) => [id, subject]));
  const rules = services.map(({ id, subject }, at) => randomRule({ schema, subjects, random, without, asks: services.slice(0, at).map((earlier) => earlier.id) }, id, subject, depth));
  return { schema, rules: random.shuffled(rules), lawOn: 20310615 };
}

function randomRule(speech: Speech, service: string, subject: string, depth: number): Rule {
  const { random } = speech;
  const clauses = Array.from({ length: 1 + random.below(3) }, (_, at) => ({ id: `c${String(at)}`, when: randomExpr(speech, { kind: 'boolean' }, subject, 1 + random.below(depth)) }));
  const rival = speech.asks.find((other) => speech.subjects.get(other) === subject);
  const stacks = rival !== undefined && random.percent(40) ? [{ id: 'stacks/one', when: excludes(speech, rival) }] : [];
  return { service, subject, clauses: [...stacks, ...clauses], amount: random.percent(60) ? randomAmount(speech, subject, depth) : undefined };
}

/** Not for somebody who has the other service, or would. */
function excludes(speech: Speech, other: string): Expr {
  const has = made(speech, { op: 'or', of: [made(speech, { op: 'fact', fact: receivesFact(other) }), made(speech, { op: 'entitled', service: other })] });
  return made(speech, { op: 'not', of: has });
}

/** A number of scale 2 that is never none (the first `greatest` sees to it) and never negative (the second proves it). */
function randomAmount(speech: Speech, subject: string, depth: number): Expr {
  const nothing = made(speech, { op: 'constant', value: 0n }, 2);
  const some = randomExpr(speech, { kind: 'number', scale: 2 }, subject, depth - 1);
  return made(speech, { op: 'greatest', of: [made(speech, { op: 'greatest', of: [some, nothing] }), nothing] });
}

function made(speech: Speech, node: Op<Expr>, scale = 0): Expr {
  const expr = typed(speech, node, node.op === 'constant' ? { kind: 'number', scale, min: 0n, max: 0n } : undefined);
  return isExpr(expr) ? expr : constantOf(speech, { kind: 'boolean' });
}

/**
 * So many people with households, dwellings, spouses, children and insurance, some of it none and some unknown.
 *
 * It keeps to the schema: only facts that may be unknown or none are, and every value lies in its range.
 */
export function randomSituation(seed: number, schema: Schema, size: number): Situation {
  const random = seeded(seed);
  const groups = 1 + Math.ceil(size / 3);
  const spells = Array.from({ length: size }, () => random.below(4));
  const counts: Readonly<Record<string, number>> = { person: size, living: groups, dwelling: groups, insured: spells.reduce((sum, next) => sum + next, 0) };
  const columns = [...schema.facts.values()];
  return new Map([...schema.entities.keys()].map((entity) => {
    const own = columns.filter((column) => column.entity === entity);
    return [entity, Array.from({ length: counts[entity] ?? 0 }, (_, at): Thing => ({ facts: randomFacts(random, schema, own), links: entity === 'person' ? randomLinks(random, at, size, groups, spells) : new Map() }))];
  }));
}

function randomFacts(random: Seeded, schema: Schema, columns: readonly FactColumn[]): ReadonlyMap<string, Value> {
  return new Map(columns.flatMap((column): readonly (readonly [string, Value])[] => {
    if (column.unknowable && random.percent(15)) return random.percent(50) ? [] : [[column.id, UNKNOWN]];
    return [[column.id, column.nonable && random.percent(20) ? NONE : randomValue(random, schema, column)]];
  }));
}

/** A value of a fact inside its range. */
export function randomValue(random: Seeded, schema: Schema, { type }: FactColumn): Value {
  switch (type.kind) {
    case 'boolean': return known(random.percent(50));
    case 'number': return known(random.between(type.min, type.max));
    case 'date': return known(BigInt(randomDate(random, type.min, type.max)));
    case 'code': return known(BigInt(random.below(schema.codeLists.get(type.list)?.codes.length ?? 1)));
    case 'text': return known(random.pick(['a', 'b', '𠮷', '']));
    default: return type satisfies never;
  }
}

/** Month ends and 29 February come more often than by chance. */
function randomDate(random: Seeded, min: number, max: number): number {
  const year = Math.floor(min / 10_000) + random.below(Math.floor(max / 10_000) - Math.floor(min / 10_000) + 1);
  const month = 1 + random.below(12);
  const last = lengthOfMonth(year, month);
  const day = random.percent(30) ? random.pick([1, last]) : 1 + random.below(last);
  return Math.min(max, Math.max(min, year * 10_000 + month * 100 + day));
}

function randomLinks(random: Seeded, at: number, size: number, groups: number, spells: readonly number[]): ReadonlyMap<string, readonly number[]> {
  const group = (): readonly number[] => (random.percent(90) ? [random.below(groups)] : []);
  const first = spells.slice(0, at).reduce((sum, next) => sum + next, 0);
  const open: readonly (readonly [string, readonly number[]])[] = [
    ['spouse', random.percent(60) ? [random.below(size)] : []],
    ['child', random.shuffled(Array.from({ length: size }, (_, place) => place)).slice(0, random.below(3))],
    ['insured', Array.from({ length: spells[at] ?? 0 }, (_, place) => first + place)],
  ];
  return new Map([['living', group()], ['dwelling', group()], ...open.filter(() => random.percent(90))]);
}
