import { isExpr, typed } from '../expr.ts';
import type { Scope } from '../expr.ts';
import type { Declared } from '../infer.ts';
import type { Constant, Expr, Op, OpName, Test } from '../op.ts';
import { ROUNDINGS } from '../type.ts';
import type { ValueType } from '../type.ts';
import type { Seeded } from './seed.ts';

/** What an expression is wanted for: a kind of type, with the scale or code list that others need. */
export type Want = { readonly kind: 'boolean' } | { readonly kind: 'number'; readonly scale: number } | { readonly kind: 'date' } | { readonly kind: 'code'; readonly list: string } | { readonly kind: 'text' };

/** What random expressions may speak of. */
export interface Speech extends Scope {
  readonly random: Seeded;
  /** The services that may be asked for, with their subjects in `subjects`. */
  readonly asks: readonly string[];
  /** Operators that must not appear. */
  readonly without: ReadonlySet<OpName>;
}

const TESTS: readonly Test[] = ['=', '!=', '<', '<=', '>', '>='];
const LEAF: readonly OpName[] = ['fact', 'constant'];
/** Which operators can give a wanted kind; those named twice come twice as often. */
const GIVES: Readonly<Record<Want['kind'], readonly OpName[]>> = {
  boolean: ['compare', 'compare', 'compare', 'and', 'or', 'not', 'one-of', 'has', 'if', 'through', 'fold', 'fold', 'entitled', 'fact'],
  number: ['add', 'subtract', 'multiply', 'negate', 'absolute', 'least', 'greatest', 'rescale', 'divide', 'divide', 'if', 'lookup', 'years-between', 'months-between', 'days-between', 'part', 'through', 'fold', 'fold', 'covered-months', 'longest-gap', 'fact'],
  date: ['least', 'greatest', 'if', 'add-months', 'add-days', 'month-start', 'month-end', 'month-after', 'through', 'fold', 'fact'],
  code: ['if', 'through', 'fact'],
  text: ['if', 'through', 'fact'],
};

/** A well-typed expression of a wanted type about a kind of thing, at most `depth` operators deep (a little deeper where a leaf needs a step). */
export function randomExpr(speech: Speech, want: Want, entity: string, depth: number): Expr {
  const choice = depth > 0 ? GIVES[want.kind] : LEAF;
  for (let tries = 0; tries < 6; tries++) {
    const name = speech.random.pick(choice);
    if (speech.without.has(name)) continue;
    const node = drawn(speech, name, want, entity, depth - 1);
    const made = node && typed(speech, node.op, node.declared);
    if (made && isExpr(made)) return made;
  }
  return constantOf(speech, want);
}

/** A constant of a wanted type. */
export function constantOf({ random, schema, ...scope }: Speech, want: Want): Expr {
  const draw = (): { readonly value: Constant; readonly type: ValueType } => {
    switch (want.kind) {
      case 'boolean': return { value: random.percent(50), type: want };
      case 'number': return numeral(random.between(-6n, 12n) * (want.scale === 2 ? 50n : 1n), want.scale);
      case 'date': return day(random);
      case 'code': return { value: BigInt(random.below(schema.codeLists.get(want.list)?.codes.length ?? 1)), type: want };
      case 'text': return { value: random.pick(['a', 'b', '𠮷']), type: want };
      default: return want satisfies never;
    }
  };
  const { value, type } = draw();
  const made = typed({ schema, ...scope }, { op: 'constant', value }, type);
  if (!isExpr(made)) throw new Error('a constant has a type');
  return made;
}

const numeral = (value: bigint, scale: number): { readonly value: bigint; readonly type: ValueType } => ({ value, type: { kind: 'number', scale, min: value, max: value } });

function day(random: Seeded): { readonly value: bigint; readonly type: ValueType } {
  const date = random.pick([20280229, 20300131, 20310615, 20310630, 19680229, 20310101 + random.below(12) * 100 + random.below(28)]);
  return { value: BigInt(date), type: { kind: 'date', min: date, max: date } };
}

interface Drawn {
  readonly op: Op<Expr>;
  readonly declared?: Declared;
}

function drawn(speech: Speech, name: OpName, want: Want, entity: string, depth: number): Drawn | undefined {
  const { random } = speech;
  const same = (): Expr => randomExpr(speech, want, entity, depth);
  const of = (other: Want): Expr => randomExpr(speech, other, entity, depth);
  const scale = want.kind === 'number' ? want.scale : 0;
  const number = (at: number): Expr => of({ kind: 'number', scale: at });
  switch (name) {
    case 'constant': { const made = constantOf(speech, want); return { op: made.node, declared: made.type }; }
    case 'fact': return fact(speech, want, entity);
    case 'entitled': return asked(speech, entity);
    case 'lookup': return lookup(speech, of, scale);
    case 'not': case 'negate': case 'absolute': return { op: { op: name, of: same() } };
    case 'and': case 'or': case 'add': case 'least': case 'greatest': return { op: { op: name, of: Array.from({ length: 2 + random.below(2) }, same) } };
    case 'multiply': { const first = random.below(scale + 1); return { op: { op: name, of: [number(first), number(scale - first)] } }; }
    case 'compare': return { op: comparison(speech, of) };
    case 'one-of': return { op: oneOf(speech, of) };
    case 'subtract': return { op: { op: name, left: same(), right: same() } };
    case 'rescale': return scale === 0 ? undefined : { op: { op: name, of: number(random.below(scale)) }, declared: { ...numeral(0n, scale).type } };
    case 'divide': return { op: { op: name, left: number(random.pick([0, 2])), right: number(random.pick([0, 2])), round: random.pick(ROUNDINGS) }, declared: numeral(0n, scale).type };
    case 'if': return { op: { op: name, condition: of({ kind: 'boolean' }), yes: same(), no: same() } };
    case 'has': return { op: { op: name, of: of(anything(speech)) } };
    case 'years-between': case 'months-between': case 'days-between': return scale === 0 ? { op: { op: name, from: of({ kind: 'date' }), to: of({ kind: 'date' }) } } : undefined;
    case 'add-months': return { op: { op: name, date: same(), months: number(0) } };
    case 'add-days': return { op: { op: name, date: same(), days: number(0) } };
    case 'month-start': case 'month-end': case 'month-after': return { op: { op: name, of: same() } };
    case 'part': return scale === 0 ? { op: { op: name, part: random.pick(['year', 'month', 'day']), of: of({ kind: 'date' }) } } : undefined;
    case 'through': return through(speech, want, entity, depth);
    case 'fold': return fold(speech, want, entity, depth);
    case 'covered-months': case 'longest-gap': return entity === 'person' && scale === 0 ? { op: { op: name, link: 'insured', where: random.percent(50) ? randomExpr(speech, { kind: 'boolean' }, 'insured', depth) : undefined, from: of({ kind: 'date' }), to: of({ kind: 'date' }) } } : undefined;
    case 'call': return undefined;
    default: return name satisfies never;
  }
}

function anything({ random }: Speech): Want {
  return random.pick<Want>([{ kind: 'boolean' }, { kind: 'number', scale: 0 }, { kind: 'number', scale: 2 }, { kind: 'date' }, { kind: 'code', list: 'grade' }]);
}

function fact({ random, schema }: Speech, want: Want, entity: string): Drawn | undefined {
  const found = [...schema.facts.values()].filter((column) => column.entity === entity && fits(column.type, want));
  return found.length === 0 ? undefined : { op: { op: 'fact', fact: random.pick(found).id } };
}

function fits(type: ValueType, want: Want): boolean {
  if (type.kind === 'number' && want.kind === 'number') return type.scale === want.scale;
  return type.kind === want.kind && (type.kind !== 'code' || want.kind !== 'code' || type.list === want.list);
}

function asked({ random, subjects, asks }: Speech, entity: string): Drawn | undefined {
  const found = asks.filter((service) => subjects.get(service) === entity);
  return found.length === 0 ? undefined : { op: { op: 'entitled', service: random.pick(found) } };
}

function lookup({ random, schema }: Speech, of: (want: Want) => Expr, scale: number): Drawn {
  const list = random.pick(['grade', 'area']);
  const table = (schema.codeLists.get(list)?.codes ?? []).map(() => (random.percent(90) ? random.between(-9n, 9n) * (scale === 2 ? 50n : 1n) : undefined));
  return { op: { op: 'lookup', of: of({ kind: 'code', list }), table }, declared: numeral(0n, scale).type };
}

function comparison(speech: Speech, of: (want: Want) => Expr): Op<Expr> {
  const { random } = speech;
  const want = random.pick<Want>([anything(speech), { kind: 'number', scale: 0 }, { kind: 'number', scale: 2 }, { kind: 'text' }]);
  const ordered = want.kind === 'number' || want.kind === 'date';
  return { op: 'compare', test: random.pick(ordered ? TESTS : TESTS.slice(0, 2)), left: of(want), right: of(want) };
}

function oneOf(speech: Speech, of: (want: Want) => Expr): Op<Expr> {
  const want = anything(speech);
  const values = Array.from({ length: speech.random.below(4) }, () => constantOf(speech, want).node).flatMap((node) => (node.op === 'constant' ? [node.value] : []));
  return { op: 'one-of', of: of(want), values };
}

function through(speech: Speech, want: Want, entity: string, depth: number): Drawn | undefined {
  if (entity !== 'person') return undefined;
  const link = speech.random.pick(['living', 'dwelling', 'spouse']);
  return { op: { op: 'through', link, of: randomExpr(speech, want, speech.schema.links.get(link)?.to ?? '', depth) } };
}

function fold(speech: Speech, want: Want, entity: string, depth: number): Drawn | undefined {
  const { random, schema } = speech;
  const links = [...schema.links.values()].filter((link) => (link.kind === 'grouping' ? link.to : link.from) === entity && (link.kind === 'grouping' || !link.single));
  if (links.length === 0) return undefined;
  const link = random.pick(links);
  const inner = link.kind === 'grouping' ? link.from : link.to;
  const where = random.percent(50) ? randomExpr(speech, { kind: 'boolean' }, inner, depth) : undefined;
  if (want.kind === 'number' && want.scale === 0 && random.percent(40)) return { op: { op: 'fold', link: link.id, fold: 'count', where } };
  const by = want.kind === 'boolean' ? (['some', 'every'] as const) : want.kind === 'number' ? (['sum', 'least', 'greatest'] as const) : (['least', 'greatest'] as const);
  return { op: { op: 'fold', link: link.id, fold: random.pick(by), where, value: randomExpr(speech, want, inner, depth) } };
}
