import type { Expr, Test } from '../../op.ts';
import type { Rounding } from '../../type.ts';
import { date, f, make, MONEY, money, thing, whole, worldOf, yes } from './make.ts';
import type { Case, Said, World } from './make.ts';

/*
 * What operators over one person's own facts give, worked out by hand. Each line is a person and the answer.
 * Money is in fen, dates are yyyymmdd.
 */

type Facts = Readonly<Record<string, Said>>;
type Line = readonly [name: string, expr: Expr, facts: Facts, is: Said];

const compare = (test: Test, left: Expr, right: Expr): Expr => make({ op: 'compare', test, left, right });
const both = (op: 'and' | 'or', ...of: readonly Expr[]): Expr => make({ op, of });
const not = (of: Expr): Expr => make({ op: 'not', of });
const divide = (round: Rounding, right: Expr = f('n')): Expr => make({ op: 'divide', left: f('a'), right, round }, MONEY);
const choose = (condition: Expr, a: Expr, b: Expr): Expr => make({ op: 'if', condition, yes: a, no: b });
const least = (...of: readonly Expr[]): Expr => make({ op: 'least', of });
const greatest = (...of: readonly Expr[]): Expr => make({ op: 'greatest', of });
const days = (op: 'years-between' | 'months-between' | 'days-between'): Expr => make({ op, from: f('d'), to: f('e') });
const at = (op: 'month-start' | 'month-end' | 'month-after'): Expr => make({ op, of: f('d') });
const later = (months: bigint): Expr => make({ op: 'add-months', date: f('d'), months: whole(months) });
const daysLater = (count: bigint): Expr => make({ op: 'add-days', date: f('d'), days: whole(count) });

const COMPARING: readonly Line[] = [
  ['an income equal to the standard is not above it', compare('<=', f('a'), money(75_000n)), { a: 75_000n }, true],
  ['one fen more is', compare('<=', f('a'), money(75_000n)), { a: 75_001n }, false],
  ['none is not below anything', compare('<', f('a'), money(75_000n)), { a: 'none' }, false],
  ['none is not above anything', compare('>', f('a'), money(-1n)), { a: 'none' }, false],
  ['none differs from nothing either', compare('!=', f('a'), money(1n)), { a: 'none' }, false],
  ['what is unknown may be below', compare('<', f('a'), money(1n)), { a: 'unknown' }, 'unknown'],
  ['none settles it, unknown or not on the other side', compare('<', f('a'), f('b')), { a: 'none', b: 'unknown' }, false],
  ['and the other way round', compare('<=', f('a'), f('b')), { a: 'unknown', b: 'none' }, false],
  ['equality with none beside unknown', compare('=', f('a'), f('b')), { a: 'unknown', b: 'none' }, false],
  ['two who have none are not the same', compare('=', f('a'), f('b')), { a: 'none', b: 'none' }, false],
  ['truth values are compared by equality', compare('=', f('p'), f('q')), { p: false, q: false }, true],
  ['a certain truth value beside one that is none', compare('=', f('y'), f('p')), { y: false, p: 'none' }, false],
  ['texts are compared', compare('=', f('t'), f('u')), { t: "=O'Hara", u: "=O'Hara" }, true],
  ['an empty text is not none', compare('=', f('t'), f('u')), { t: '=', u: '=' }, true],
  ['no text differs from nothing', compare('!=', f('t'), f('u')), { t: 'none', u: '=x' }, false],
  ['a text with a quotation mark among constants', make({ op: 'one-of', of: f('t'), values: ["it's", 'so\\', '民生 🌊'] }), { t: '=so\\' }, true],
  ['a text from beyond the plane', make({ op: 'one-of', of: f('t'), values: ["it's", 'so\\', '民生 🌊'] }), { t: '=民生 🌊' }, true],
  ['a text is not one of others', make({ op: 'one-of', of: f('t'), values: ["it's"] }), { t: '=its' }, false],
  ['a grade among grades', make({ op: 'one-of', of: f('g'), values: [0n, 2n] }), { g: 2n }, true],
  ['no grade is among none of them', make({ op: 'one-of', of: f('g'), values: [0n, 2n] }), { g: 'none' }, false],
  ['an unknown grade may be', make({ op: 'one-of', of: f('g'), values: [0n, 2n] }), { g: 'unknown' }, 'unknown'],
  ['nothing is among no constants, known or not', make({ op: 'one-of', of: f('g'), values: [] }), { g: 'unknown' }, false],
  ['has: there is an amount', make({ op: 'has', of: f('a') }), { a: 0n }, true],
  ['has: there is none', make({ op: 'has', of: f('a') }), { a: 'none' }, false],
  ['has: nobody knows', make({ op: 'has', of: f('a') }), { a: 'unknown' }, 'unknown'],
  ['has: false is a value', make({ op: 'has', of: f('p') }), { p: false }, true],
];

const LOGIC: readonly Line[] = [
  ['false beats unknown in and', both('and', f('p'), f('q')), { p: 'unknown', q: false }, false],
  ['true leaves it unknown', both('and', f('p'), f('q')), { p: 'unknown', q: true }, 'unknown'],
  ['true beats unknown in or', both('or', f('p'), f('q')), { p: 'unknown', q: true }, true],
  ['none is false in and', both('and', f('p'), f('q')), { p: 'none', q: 'unknown' }, false],
  ['none is false in or', both('or', f('p'), f('q')), { p: 'none', q: 'unknown' }, 'unknown'],
  ['not none is true', not(f('p')), { p: 'none' }, true],
  ['not unknown is unknown', not(f('p')), { p: 'unknown' }, 'unknown'],
  ['if true', choose(f('p'), f('a'), f('b')), { p: true, a: 1n, b: 2n }, 1n],
  ['if none is else', choose(f('p'), f('a'), f('b')), { p: 'none', a: 1n, b: 2n }, 2n],
  ['if unknown is unknown', choose(f('p'), f('a'), f('b')), { p: 'unknown', a: 1n, b: 2n }, 'unknown'],
  ['unless both branches are the same', choose(f('p'), f('a'), f('b')), { p: 'unknown', a: 7n, b: 7n }, 7n],
  ['or both none', choose(f('p'), f('a'), f('b')), { p: 'unknown', a: 'none', b: 'none' }, 'none'],
  ['two unknown branches are not the same', choose(f('p'), f('a'), f('b')), { p: 'unknown', a: 'unknown', b: 'unknown' }, 'unknown'],
  ['the branch that is not taken does not matter', choose(f('p'), f('a'), f('b')), { p: false, a: 'unknown', b: 2n }, 2n],
  ['a certain truth value as a branch beside one that may be none', choose(f('p'), f('y'), f('q')), { p: true, y: true, q: 'none' }, true],
  ['and the other branch', choose(f('p'), f('y'), f('q')), { p: false, y: true, q: 'none' }, 'none'],
];

const ARITHMETIC: readonly Line[] = [
  ['a sum', make({ op: 'add', of: [f('a'), f('b'), money(5n)] }), { a: 10n, b: -3n }, 12n],
  ['a sum with none is none, even beside unknown', make({ op: 'add', of: [f('a'), f('b'), money(5n)] }), { a: 'unknown', b: 'none' }, 'none'],
  ['a sum with unknown is unknown', make({ op: 'add', of: [f('a'), f('b'), money(5n)] }), { a: 'unknown', b: 1n }, 'unknown'],
  // 10^8 fen × 10^6 = 10^14, far beyond what an INTEGER holds (2.1 × 10^9).
  ['an amount times a literal beyond INTEGER', make({ op: 'multiply', of: [whole(1_000_000n), f('a')] }), { a: 100_000_000n }, 100_000_000_000_000n],
  // Both literals fit INTEGER, their product does not: 3 × 10^9 + a.
  ['two literals whose product is beyond INTEGER', make({ op: 'add', of: [make({ op: 'multiply', of: [whole(60_000n), whole(50_000n)] }, MONEY), make({ op: 'fact', fact: 'n' })] }), { n: 1n }, 3_000_000_001n],
  ['a literal chosen by an if, times a literal', make({ op: 'multiply', of: [choose(f('y'), whole(60_000n), whole(2n)), whole(50_000n)] }), { y: true }, 3_000_000_000n],
  ['a difference below zero', make({ op: 'subtract', left: f('a'), right: f('b') }), { a: 1n, b: 3n }, -2n],
  ['a difference with none', make({ op: 'subtract', left: f('a'), right: f('b') }), { a: 1n, b: 'none' }, 'none'],
  ['the negative of a negative literal', make({ op: 'subtract', left: f('a'), right: money(-4n) }), { a: 1n }, 5n],
  ['negated', make({ op: 'negate', of: f('a') }), { a: -5n }, 5n],
  ['none negated is none', make({ op: 'negate', of: f('a') }), { a: 'none' }, 'none'],
  ['the size of a loss', make({ op: 'absolute', of: f('a') }), { a: -5n }, 5n],
  ['rescaled by a thousand', make({ op: 'rescale', of: f('a') }, { ...MONEY, scale: 5 }), { a: -5n }, -5_000n],
  ['the smaller', least(f('a'), f('b')), { a: 5n, b: 3n }, 3n],
  ['none is left out of the smallest', least(f('a'), f('b')), { a: 5n, b: 'none' }, 5n],
  ['unknown is not left out', least(f('a'), f('b')), { a: 5n, b: 'unknown' }, 'unknown'],
  ['not even beside none', greatest(f('a'), f('b')), { a: 'none', b: 'unknown' }, 'unknown'],
  ['all none is none', least(f('a'), f('b')), { a: 'none', b: 'none' }, 'none'],
  ['all none is none for the largest too', greatest(f('a'), f('b')), { a: 'none', b: 'none' }, 'none'],
  ['none is left out of the largest, below zero too', greatest(f('a'), f('b')), { a: -100_000_000n, b: 'none' }, -100_000_000n],
  ['a floor under what may be none', greatest(f('a'), money(0n)), { a: 'none' }, 0n],
  ['a cap over what may be none', least(f('a'), money(-7n)), { a: 'none' }, -7n],
  ['the earlier day', least(f('d'), f('e')), { d: 20310101, e: 20301231 }, 20301231],
  ['the rate of a grade', make({ op: 'lookup', of: f('g'), table: [110n, undefined, 55n] }, MONEY), { g: 2n }, 55n],
  ['a grade without a rate', make({ op: 'lookup', of: f('g'), table: [110n, undefined, 55n] }, MONEY), { g: 1n }, 'unknown'],
  ['no grade, no rate', make({ op: 'lookup', of: f('g'), table: [110n, undefined, 55n] }, MONEY), { g: 'none' }, 'none'],
  ['a table with no rate at all', make({ op: 'lookup', of: f('g'), table: [undefined, undefined, undefined] }, MONEY), { g: 1n }, 'unknown'],
  ['a table too long for one line', make({ op: 'lookup', of: f('g'), table: Array.from({ length: 40 }, (_, code) => (code === 1 ? undefined : BigInt(code * 1_000_000_000))) }, MONEY), { g: 2n }, 2_000_000_000n],
  ['and its gap', make({ op: 'lookup', of: f('g'), table: Array.from({ length: 40 }, (_, code) => (code === 1 ? undefined : BigInt(code * 1_000_000_000))) }, MONEY), { g: 1n }, 'unknown'],
];

/** 250 / 100 = 2.5 and so on: `n` is a count, so money over `n` keeps its scale. */
const half = (round: Rounding, up: bigint, down: bigint): readonly Line[] => [
  [`2.5 ${round}`, divide(round), { a: 5n, n: 2n }, up],
  [`-2.5 ${round}`, divide(round), { a: -5n, n: 2n }, down],
];

const ROUNDING: readonly Line[] = [
  ...half('half-up', 3n, -3n), ...half('half-down', 2n, -2n), ...half('half-even', 2n, -2n), ...half('up', 3n, -3n), ...half('down', 2n, -2n), ...half('floor', 2n, -3n), ...half('ceiling', 3n, -2n),
  ['3.5 to the even unit', divide('half-even'), { a: 7n, n: 2n }, 4n],
  ['-3.5 to the even unit', divide('half-even'), { a: -7n, n: 2n }, -4n],
  ['-7/3 = -2.33 half-up', divide('half-up'), { a: -7n, n: 3n }, -2n],
  ['-8/3 = -2.67 half-up', divide('half-up'), { a: -8n, n: 3n }, -3n],
  ['exact quotients do not move', divide('up'), { a: -6n, n: 3n }, -2n],
  ['7 / -2 = -3.5 floored', divide('floor', f('b')), { a: 7n, b: -2n }, -350n],
  ['money over money is a ratio: 7 / -3 at scale 2, half-up', divide('half-up', f('b')), { a: 7n, b: -3n }, -233n],
  ['-7 / -3 at scale 2, ceiling', divide('ceiling', f('b')), { a: -7n, b: -3n }, 234n],
  ['a certain amount over a certain number', make({ op: 'divide', left: f('x'), right: whole(3n), round: 'half-up' }, MONEY), { x: -100n }, -33n],
  ['division by zero is none', divide('half-up'), { a: 1n, n: 0n }, 'none'],
  ['unknown over zero is unknown', divide('half-up'), { a: 'unknown', n: 0n }, 'unknown'],
  ['none over unknown is none', divide('half-up'), { a: 'none', n: 'unknown' }, 'none'],
  ['over a literal zero', make({ op: 'divide', left: f('a'), right: whole(0n), round: 'up' }, MONEY), { a: 1n }, 'none'],
  // 1.005 at scale 3 is 1005 thousandths: half-up to scale 2 is 1.01, which no double gives.
  ['1.005 rounds to 1.01', make({ op: 'divide', left: make({ op: 'add', of: [make({ op: 'constant', value: 1_005n }, { kind: 'number', scale: 3, min: 0n, max: 2_000n }), make({ op: 'rescale', of: f('n') }, { ...MONEY, scale: 3 })] }), right: whole(1n), round: 'half-up' }, MONEY), { n: 0n }, 101n],
];

const DATES: readonly Line[] = [
  ['born on 29 February, the day before 1 March of a common year', days('years-between'), { d: 20040229, e: 20250228 }, 20n],
  ['and on 1 March', days('years-between'), { d: 20040229, e: 20250301 }, 21n],
  ['on the birthday itself', days('years-between'), { d: 19510615, e: 20310615 }, 80n],
  ['the day before', days('years-between'), { d: 19510616, e: 20310615 }, 79n],
  ['a day that lies before has no years', days('years-between'), { d: 20310616, e: 20310615 }, 0n],
  ['no birthday, no age', days('years-between'), { d: 'none', e: 'unknown' }, 'none'],
  ['an unknown birthday', days('years-between'), { d: 'unknown', e: 20310615 }, 'unknown'],
  ['from 31 January to 29 February', days('months-between'), { d: 20320131, e: 20320229 }, 0n],
  ['and to 1 March', days('months-between'), { d: 20320131, e: 20320301 }, 1n],
  ['over the end of a year', days('months-between'), { d: 20301115, e: 20310215 }, 3n],
  ['a day short', days('months-between'), { d: 20301116, e: 20310215 }, 2n],
  ['months backwards', days('months-between'), { d: 20310215, e: 20301115 }, 0n],
  ['days over 29 February', days('days-between'), { d: 20320228, e: 20320301 }, 2n],
  ['days over a common February', days('days-between'), { d: 20310228, e: 20310301 }, 1n],
  // From 1 January of year 1 to 31 December of 9999: 9999 × 365 + 2424 leap days (2499 - 99 + 24) - 1.
  ['all the days there are', days('days-between'), { d: 10101, e: 99991231 }, 3_652_058n],
  ['days backwards', days('days-between'), { d: 20310615, e: 20310614 }, 0n],
  ['a month after 31 January', later(1n), { d: 20310131 }, 20310228],
  ['in a leap year', later(1n), { d: 20320131 }, 20320229],
  ['1900 was none', later(1n), { d: 19000131 }, 19000228],
  ['2000 was', later(1n), { d: 20000131 }, 20000229],
  ['two months before', later(-2n), { d: 20310131 }, 20301130],
  ['held at the first day', later(-100_000n), { d: 20310131 }, 10101],
  ['held at the last day', later(100_000n), { d: 20310131 }, 99991231],
  ['December stays in its year', later(0n), { d: 20311231 }, 20311231],
  ['a day later over the end of a year', daysLater(1n), { d: 20311231 }, 20320101],
  ['a day later into 29 February', daysLater(1n), { d: 20320228 }, 20320229],
  // 29 February 2032 to 1 March 2033 is 366 days.
  ['366 days later', daysLater(366n), { d: 20320229 }, 20330301],
  ['a day before 1 March', daysLater(-1n), { d: 20310301 }, 20310228],
  ['a hundred years of days later', daysLater(36_524n), { d: 20010101 }, 21010101],
  ['no day before the first', daysLater(-1n), { d: 10101 }, 10101],
  ['no day after the last', daysLater(5n), { d: 99991228 }, 99991231],
  ['two days after the first', daysLater(2n), { d: 10101 }, 10103],
  ['no day, no later day', daysLater(1n), { d: 'none' }, 'none'],
  ['the first of the month', at('month-start'), { d: 20320229 }, 20320201],
  ['the last of February in a leap year', at('month-end'), { d: 20320201 }, 20320229],
  ['the last of February in 2100', at('month-end'), { d: 21000210 }, 21000228],
  ['the last of April', at('month-end'), { d: 20310430 }, 20310430],
  ['from the month after', at('month-after'), { d: 20310131 }, 20310201],
  ['from the month after December', at('month-after'), { d: 20311201 }, 20320101],
  ['after the last month of all', at('month-after'), { d: 99991201 }, 99991231],
  ['the year', make({ op: 'part', part: 'year', of: f('d') }), { d: 20311215 }, 2031n],
  ['the month', make({ op: 'part', part: 'month', of: f('d') }), { d: 20311215 }, 12n],
  ['the day', make({ op: 'part', part: 'day', of: f('d') }), { d: 20311215 }, 15n],
  ['a day compared with a literal one', compare('>=', f('d'), date(20311215)), { d: 20311215 }, true],
];

const CONSTANTS: readonly Line[] = [
  ['what is true for all', both('or', f('p'), yes), {}, true],
  ['an amount that is the same for all', money(5n), {}, 5n],
];

/** One person for each line; only that person is asked. `x` and `y` are certain, so everybody has them. */
export const OWN: World = worldOf(
  [...COMPARING, ...LOGIC, ...ARITHMETIC, ...ROUNDING, ...DATES, ...CONSTANTS].map(([name, expr, , is], place): Case => ({ name, expr, place, is })),
  new Map([['person', [...COMPARING, ...LOGIC, ...ARITHMETIC, ...ROUNDING, ...DATES, ...CONSTANTS].map(([, , facts]) => thing({ x: 0n, y: true, ...facts }))]]),
);
