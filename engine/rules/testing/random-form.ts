import type { FactColumn, Schema } from '../schema.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Situation, Value } from '../value.ts';
import { seeded } from './seed.ts';
import type { Seeded } from './seed.ts';

/*
 * Random expressions of forms as texts, well typed by how they are put together, so that three can be asked: the typed
 * interpreter, the closure compiled from the same, and the dynamic evaluator of forms, which shares no meaning with them.
 */

type Kind = 'boolean' | 'number' | 'text' | 'date' | 'months' | 'duration' | 'time' | 'moment' | 'numbers' | 'texts' | 'context';

const fact = (id: string, type: FactColumn['type']): readonly [string, FactColumn] => [id, { id, name: id, entity: 'person', type, unknowable: true, nonable: true }];

/** One person of whom forms know six things. */
export const FORM_WORLD: Schema = {
  entities: new Map([['person', { id: 'person' }]]),
  links: new Map(),
  facts: new Map([
    fact('n', { kind: 'number', scale: 0, min: -20n, max: 40n }), fact('sum_paid', { kind: 'number', scale: 2, min: -9_999n, max: 99_999n }),
    fact('name', { kind: 'text', most: 12 }), fact('p', { kind: 'boolean' }), fact('d', { kind: 'date', min: 19000101, max: 21001231 }), fact('e', { kind: 'date', min: 19000101, max: 21001231 }),
  ]),
  codeLists: new Map(),
};

const WORDS = ['', 'a', 'ab', 'a b', 'Abba', '𠮷a', 'ß', 'b,a', ' a '] as const;
const DATES = [19000228, 19991231, 20000229, 20280229, 20310131, 20310615, 20990301] as const;

/** What is known of the person: everything, or some of it none and some unknown. */
export function randomForms(seed: number, complete: boolean): Situation {
  const random = seeded(seed);
  const value = (column: FactColumn): Value => {
    if (!complete && random.percent(25)) return random.percent(50) ? NONE : UNKNOWN;
    switch (column.type.kind) {
      case 'number': return known(random.between(column.type.min, column.type.max));
      case 'text': return known(random.pick(WORDS));
      case 'date': return known(BigInt(random.pick(DATES)));
      default: return known(random.percent(50));
    }
  };
  return new Map([['person', [{ facts: new Map([...FORM_WORLD.facts].map(([id, column]) => [id, value(column)])), links: new Map() }]]]);
}

/** An expression of some kind, a few operators deep. */
export function randomForm(seed: number, depth = 4): string {
  const random = seeded(seed);
  return new Forms(random).of(random.pick<Kind>(['boolean', 'boolean', 'number', 'number', 'text', 'date', 'months', 'duration', 'time', 'moment', 'numbers', 'texts', 'context']), depth);
}

const LEAVES: Readonly<Record<Kind, readonly string[]>> = {
  boolean: ['p', 'true', 'false'],
  number: ['n', 'sum_paid', '0', '1', '2', '-3', '7', '2.5', '-0.25', '12'],
  text: ['name', ...WORDS.map((word) => `"${word}"`)],
  date: ['d', 'e', 'date("2031-06-15")', '@"2028-02-29"', 'date("1999-12-31")'],
  months: ['duration("P1Y2M")', '@"P13M"', 'duration("-P2M")', '@"P0M"'],
  duration: ['duration("P1DT2H")', '@"PT90M"', 'duration("-PT0.5S")', '@"P40D"'],
  time: ['time("10:30:00")', '@"23:59:59.5"', 'time("00:00:00")'],
  moment: ['date and time("2031-06-15T10:30:00")', '@"2028-02-29T23:59:59.25"', 'date and time("1999-12-31T00:00:00")'],
  numbers: ['[1, 2, 3]', '[n, 2.5]', '[]', '[3, 1, 3]'],
  texts: ['["a", "b"]', '[name]', 'split("a b", " ")', '["", "a", "a"]'],
  context: ['{a: 1, b: "x"}', '{a: n, b: name}'],
};

type Draw = (forms: Forms, depth: number) => string;
const over = (kind: Kind) => (forms: Forms, depth: number): string => forms.of(kind, depth);
const [B, N, T, D, M, U, C, A, L, S, X] = [over('boolean'), over('number'), over('text'), over('date'), over('months'), over('duration'), over('time'), over('moment'), over('numbers'), over('texts'), over('context')];
const ORDERED = [N, T, D, M, U, C, A] as const;
const TESTS = ['=', '!=', '<', '<=', '>', '>='] as const;

/** Brackets around what would be read otherwise beside an operator. */
const at = (strings: TemplateStringsArray, ...of: readonly (string | Draw)[]): Draw => (forms, depth) => strings.map((text, index) => {
  const part = of[index];
  return `${text}${part === undefined ? '' : typeof part === 'string' ? part : part(forms, depth)}`;
}).join('');

const pair = (forms: Forms, depth: number, write: (a: string, b: string) => string, kinds: readonly Draw[] = ORDERED): string => {
  const kind = forms.random.pick(kinds);
  return write(kind(forms, depth), kind(forms, depth));
};

const GIVES: Readonly<Record<Kind, readonly Draw[]>> = {
  boolean: [
    (forms, depth) => pair(forms, depth, (a, b) => `(${a} ${forms.random.pick(TESTS)} ${b})`), (forms, depth) => pair(forms, depth, (a, b) => `(${a} ${forms.random.pick(['=', '!='])} ${b})`, [L, S, X, B]),
    (forms, depth) => pair(forms, depth, (a, b) => `(${a} in [${b}..${b}])`), (forms, depth) => pair(forms, depth, (a, b) => `(${a} in (${b}, > ${b}))`, ORDERED.slice(0, 5)), (forms, depth) => pair(forms, depth, (a, b) => `(${a} between ${b} and ${a})`),
    at`(${B} and ${B})`, at`(${B} or ${B})`, at`not(${B})`, (forms) => `${forms.random.pick(['before', 'after', 'meets', 'met by', 'overlaps', 'overlaps before', 'overlaps after', 'finishes', 'finished by', 'includes', 'during', 'starts', 'started by', 'coincides'])}(${forms.range()}, ${forms.range()})`, at`contains(${T}, ${T})`, at`starts with(${T}, ${T})`, at`ends with(${T}, ${T})`, at`matches(${T}, "a+b?")`,
    at`list contains(${L}, ${N})`, at`list contains(${S}, ${T})`, at`(some x in ${L} satisfies x > ${N})`, at`(every x in ${S} satisfies contains(x, ${T}))`, at`odd(floor(${N}))`, at`even(floor(${N}))`, at`(if ${B} then ${B} else ${B})`,
    at`(${T} instance of string)`, at`(${L} instance of list<string>)`, at`is(${D}, ${D})`, (forms, depth) => pair(forms, depth, (a, b) => `${forms.random.pick(['before', 'after', 'during', 'starts', 'finishes'])}(${a}, [${b}..${b}])`), (forms, depth) => pair(forms, depth, (a, b) => `${forms.random.pick(['meets', 'overlaps', 'overlaps before', 'overlaps after', 'includes', 'coincides', 'met by', 'started by'])}([${a}..${a}], [${b}..${b}])`), at`is(${A}, ${A})`, at`any([${B}, ${B}])`, at`all([${B}, ${B}])`,
  ],
  number: [
    at`(${N} + ${N})`, at`(${N} - ${N})`, at`(${N} * ${N})`, at`(-${N})`, at`modulo(${N}, ${N})`, at`decimal(${N} / ${N}, 2)`, at`round half up(${N}, 1)`, at`floor(${N})`, at`ceiling(${N})`, at`abs(${N})`, at`string length(${T})`,
    at`count(${L})`, at`count(${S})`, at`sum(${L})`, at`min(${L})`, at`max(${L})`, at`median(${L})`, at`(${L})[${N}]`, at`(${L})[1]`, at`min(${N}, ${N})`, at`(${D}).day`, at`(${D}).weekday`, at`(${A}).hour`, at`(${C}).second`, at`(${M}).years`, at`(${U}).hours`,
    at`(${X}).a`, at`get value(${X}, "a")`, at`day of year(${D})`, at`week of year(${D})`, at`product([${N}, 2])`, at`count([${N}, null])`, at`get entries({a: ${N}, b: 1})[2].value`, at`time(${D}).hour`, at`(if ${B} then ${N} else ${N})`, at`number("1,234.5", ",", ".")`,
  ],
  text: [
    at`(${T} + ${T})`, at`upper case(${T})`, at`lower case(${T})`, at`trim(${T})`, at`substring(${T}, 1)`, at`substring(${T}, -2, 1)`, at`substring before(${T}, ${T})`, at`substring after(${T}, ${T})`, at`string(${N})`, at`string(${D})`, at`string(${M})`, at`string(${U})`, at`string(${B})`, at`string(${A})`,
    at`string(${L})`, at`string(${X})`, at`string join(${S}, ${T})`, at`string join(${S})`, at`replace(${T}, "a", "c")`, at`(${S})[1]`, at`(${X}).b`, at`day of week(${D})`, at`month of year(${D})`, at`(if ${B} then ${T} else ${T})`, at`min(${T}, ${T})`,
  ],
  date: [at`(${D} + ${M})`, at`(${D} - ${M})`, at`(${D} + ${U})`, at`date(2031, 2, 28)`, at`date(${A})`, at`(if ${B} then ${D} else ${D})`, at`max(${D}, ${D})`, at`date("2030-01-31")`, at`date("2030-01-" + string(${N}))`],
  months: [at`(${M} + ${M})`, at`(${M} - ${M})`, at`(${M} * 3)`, at`(${M} / 2)`, at`(-${M})`, at`abs(${M})`, at`years and months duration(${D}, ${D})`, at`(if ${B} then ${M} else ${M})`, at`(-2.5 * ${M})`],
  duration: [at`(${U} + ${U})`, at`(${U} - ${U})`, at`(${U} * 1.5)`, at`(${U} / -4)`, at`(-${U})`, at`abs(${U})`, at`(${D} - ${D})`, at`(${A} - ${A})`, at`(${C} - ${C})`, at`(if ${B} then ${U} else ${U})`],
  time: [at`(${C} + ${U})`, at`(${C} - ${U})`, at`time(${A})`, at`time(10, 59, 1.5)`, at`time("10:00:" + string(${N}))`, at`(if ${B} then ${C} else ${C})`],
  moment: [at`(${A} + ${U})`, at`(${A} - ${M})`, at`date and time(${D}, ${C})`, at`(if ${B} then ${A} else ${A})`, at`date and time(2031, 6, 15, 8, 30, 0)`, at`date and time("2031-06-15T10:00:" + string(${N}))`, at`date and time(${D}, "Asia/Shanghai")`, at`date and time(${D})`],
  numbers: [
    at`[${N}, ${N}]`, at`append(${L}, ${N})`, at`concatenate(${L}, ${L})`, at`union(${L}, ${L})`, at`reverse(${L})`, at`distinct values(${L})`, at`sublist(${L}, 1, 2)`, at`remove(${L}, 1)`, at`insert before(${L}, 1, ${N})`, at`list replace(${L}, -1, ${N})`,
    at`index of(${L}, ${N})`, at`(${L})[item > ${N}]`, at`(for x in ${L} return x + ${N})`, at`(for i in 1..3 return i * 2)`, at`(for x in [1, 2], y in [n, 3] return x + y)`, at`flatten([${L}, ${L}])`, at`flatten(reverse([${L}, ${L}]))`, at`[${X}, ${X}].a`, at`(for x in ${S} return string length(x))`,
  ],
  texts: [at`[${T}, ${T}]`, at`split(${T}, " ")`, at`split(${T}, "[ab]")`, at`append(${S}, ${T})`, at`distinct values(${S})`, at`(for x in ${S} return upper case(x))`, at`(${S})[item != ${T}]`, at`[${X}, ${X}].b`, at`reverse(${S})`, at`(for x in ${L} return string(x))`],
  context: [at`{a: ${N}, b: ${T}}`, at`context put(${X}, "a", ${N})`, at`[${X}, ${X}][1]`, at`context merge([${X}, {b: ${T}}])`, at`(if ${B} then ${X} else ${X})`],
};

class Forms {
  readonly random: Seeded;

  constructor(random: Seeded) {
    this.random = random;
  }

  /** A range of small whole numbers that goes up, each end in or out. */
  range(): string {
    const low = this.random.below(4);
    return `${this.random.pick(['[', '('])}${String(low)}..${String(low + 1 + this.random.below(3))}${this.random.pick([']', ')'])}`;
  }

  of(kind: Kind, depth: number): string {
    if (depth <= 0 || this.random.percent(15)) return this.random.pick(LEAVES[kind]);
    return this.random.pick(GIVES[kind])(this, depth - 1 - this.random.below(2));
  }
}
