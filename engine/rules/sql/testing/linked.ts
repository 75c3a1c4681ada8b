import { buildProgram } from '../../build.ts';
import { isExpr, typed } from '../../expr.ts';
import type { Expr, Fold } from '../../op.ts';
import type { Situation, Verdict } from '../../value.ts';
import { date, f, HARBOUR, make, money, thing, whole, worldOf } from './make.ts';
import type { Case, Said, World } from './make.ts';

/*
 * Two homes and six people. Ada (0) and Ben (1) are married and live in home 0 with Cy (2), Ada's child; Di (3), her
 * other child, lives alone in home 1 and of her little is known; Ed (4) lives nowhere; Fay (5) lives in home 2 alone.
 */
const PEOPLE = {
  ada: thing({ a: 100n, p: true, x: 1n, y: true }, { home: [0], spouse: [1], children: [2, 3], cover: [0, 1, 2] }),
  ben: thing({ a: 'none', p: 'unknown', x: 2n, y: true }, { home: [0], spouse: [0], children: [], cover: [] }),
  cy: thing({ a: 50n, p: false, x: 4n, y: false }, { home: [0], spouse: [], children: [], cover: [3, 4] }),
  di: thing({ a: 'unknown', p: 'none', x: 8n, y: true, d: 'none' }, { home: [1] }),
  ed: thing({ a: -7n, p: true, x: 16n, y: true }, { spouse: [5], children: [4], cover: [5] }),
  fay: thing({ a: -3n, p: 'none', x: 32n, y: false }, { home: [2], spouse: [], children: [3], cover: [6] }),
};
const [ADA, BEN, CY, DI, ED, FAY] = [0, 1, 2, 3, 4, 5] as const;

const SITUATION: Situation = new Map([
  ['person', Object.values(PEOPLE)],
  ['home', [thing({ rent: 1_000n }), thing({ rent: 'unknown' }), thing({ rent: 'none' })]],
  ['cover', [
    thing({ 'cover.from': 20300115, 'cover.until': 20300310, paid: true }),
    thing({ 'cover.from': 20300301, 'cover.until': 20300520, paid: false }),
    thing({ 'cover.from': 20301201, 'cover.until': 'none', paid: true }),
    thing({ 'cover.from': 20300801, 'cover.until': 20300731, paid: true }),
    thing({ 'cover.from': 'none', 'cover.until': 'unknown', paid: true }),
    thing({ 'cover.from': 20300101, 'cover.until': 'unknown', paid: 'none' }),
    thing({ 'cover.from': 20300831, 'cover.until': 20300831, paid: 'unknown' }),
  ]],
]);

const over = (link: string, fold: Fold, value?: Expr, where?: Expr): Expr => make({ op: 'fold', link, fold, value, where });
const home = (fold: Fold, value?: Expr, where?: Expr): Expr => make({ op: 'through', link: 'home', of: over('home', fold, value, where) });
const children = (fold: Fold, value?: Expr, where?: Expr): Expr => over('children', fold, value, where);
const spouse = (of: Expr): Expr => make({ op: 'through', link: 'spouse', of });
const above = (least: bigint): Expr => make({ op: 'compare', test: '>', left: f('a'), right: money(least) });
const year = { from: date(20300101), to: date(20301231) };
const covered = (window = year, where?: Expr): Expr => make({ op: 'covered-months', link: 'cover', where, ...window });
const gap = (window = year, where?: Expr): Expr => make({ op: 'longest-gap', link: 'cover', where, ...window });
const summer = { from: date(20300601), to: date(20301130) };
const backwards = { from: date(20301231), to: date(20300101) };
const crowded = make({ op: 'compare', test: '>', left: home('count'), right: whole(2n) });

type Line = readonly [name: string, expr: Expr, place: number, is: Said];

const GROUPS: readonly Line[] = [
  ['the rent of the home', make({ op: 'through', link: 'home', of: f('rent') }), ADA, 1_000n],
  ['a rent that nobody knows', make({ op: 'through', link: 'home', of: f('rent') }), DI, 'unknown'],
  ['who lives nowhere has no rent', make({ op: 'through', link: 'home', of: f('rent') }), ED, 'none'],
  ['what none has is left out of a sum: 100 + 50', home('sum', f('a')), BEN, 150n],
  ['one unknown income makes the sum unknown', home('sum', f('a')), DI, 'unknown'],
  ['a household of one', home('count'), DI, 1n],
  ['a household of three', home('count'), CY, 3n],
  ['who lives nowhere has no household to count', home('count'), ED, 'none'],
  ['the least of those who have one', home('least', f('a')), ADA, 50n],
  ['the greatest', home('greatest', f('a')), ADA, 100n],
  ['certain numbers: 1 + 2 + 4', home('sum', f('x')), ADA, 7n],
  ['one true settles some, beside unknown', home('some', f('p')), BEN, true],
  ['one false settles every, beside unknown', home('every', f('p')), BEN, false],
  ['none is left out of some', home('some', f('p')), DI, false],
  ['and out of every', home('every', f('p')), FAY, true],
  ['certain truth values', home('every', f('y')), ADA, false],
  ['an unknown filter makes a count unknown', home('count', undefined, f('p')), ADA, 'unknown'],
  ['a filter that is none is false', home('count', undefined, f('p')), DI, 0n],
  ['a sum of those above 60', home('sum', f('a'), above(60n)), ADA, 100n],
  ['the least of nobody is none', home('least', f('a'), above(500n)), ADA, 'none'],
  ['the sum of nobody is 0', home('sum', f('a'), above(500n)), ADA, 0n],
  ['a true one behind an unknown filter settles nothing', home('some', f('y'), f('p')), ADA, true],
  ['but a false one there does not settle every', home('every', f('y'), f('p')), ADA, 'unknown'],
];

const RELATIVES: readonly Line[] = [
  ['the spouse’s income', spouse(f('a')), BEN, 100n],
  ['a spouse without one', spouse(f('a')), ADA, 'none'],
  ['no spouse', spouse(f('a')), CY, 'none'],
  ['nobody knows whether there is a spouse', spouse(f('a')), DI, 'unknown'],
  ['a truth value of the spouse that is certain', spouse(f('y')), ED, false],
  ['what is the same for all, through a spouse', spouse(money(5n)), ED, 5n],
  ['and without one', spouse(money(5n)), CY, 'none'],
  ['the spouse’s household', spouse(home('count')), ED, 1n],
  ['two children', children('count'), ADA, 2n],
  ['an empty list counts 0', children('count'), BEN, 0n],
  ['the sum of an empty list is 0', children('sum', f('a')), BEN, 0n],
  ['the least of an empty list is none', children('least', f('a')), BEN, 'none'],
  ['some of an empty list is false', children('some', f('p')), BEN, false],
  ['every of an empty list is true', children('every', f('p')), BEN, true],
  ['a list that nobody knows', children('count'), DI, 'unknown'],
  ['not even every', children('every', f('p')), DI, 'unknown'],
  ['an unknown income of a child', children('sum', f('a')), ADA, 'unknown'],
  ['which a filter keeps out', children('sum', f('a'), f('p')), ADA, 0n],
  ['oneself as one’s child: -7', children('greatest', f('a')), ED, -7n],
  ['children in crowded homes: Cy lives with two others, Di alone', children('count', undefined, crowded), ADA, 1n],
  ['every child but an unknown one is rich', children('every', above(60n)), ADA, false],
];

const SPELLS: readonly Line[] = [
  ['January to May, where two spells meet in March, and December: 6', covered(), ADA, 6n],
  ['June to November: 6 months without', gap(), ADA, 6n],
  ['paid ones only: January to March and December', covered(year, f('paid')), ADA, 4n],
  ['April to November: 8', gap(year, f('paid')), ADA, 8n],
  ['a summer without', covered(summer), ADA, 0n],
  ['is one gap', gap(summer), ADA, 6n],
  ['a window that ends before it starts has no months', covered(backwards), ADA, 0n],
  ['and no gap', gap(backwards), ADA, 0n],
  ['no spells', covered(), BEN, 0n],
  ['no spells, all gap', gap(), BEN, 12n],
  ['a spell that ends before it starts, and one without a start, cover nothing', covered(), CY, 0n],
  ['nor do they break a gap', gap(), CY, 12n],
  ['a record that nobody knows', covered(), DI, 'unknown'],
  ['an unknown end', covered(), ED, 'unknown'],
  ['of a spell that is kept out', covered(year, f('paid')), ED, 0n],
  ['one day covers its month', covered(), FAY, 1n],
  ['January to July before it', gap(), FAY, 7n],
  ['an unknown filter', covered(year, f('paid')), FAY, 'unknown'],
  ['a window from no day', covered({ from: f('d'), to: date(20301231) }), DI, 'none'],
  ['a window from an unknown day', covered({ from: f('d'), to: date(20301231) }), ADA, 'unknown'],
];

/** What folds, links and spells give. */
export const LINKED: World = worldOf([...GROUPS, ...RELATIVES, ...SPELLS].map(([name, expr, place, is]): Case => ({ name, expr, place, is })), SITUATION);

const asks = (service: string): Expr => {
  const made = typed({ schema: HARBOUR, subjects: new Map([['card', 'person'], ['shelter', 'home']]) }, { op: 'entitled', service });
  if (!isExpr(made)) throw new Error(made.kind);
  return made;
};
const settled = make({ op: 'greatest', of: [f('a'), money(0n)] });

/** What decisions give: `card` for whom p holds; `grant` for card holders above 60 fen, of their income; `shelter` for homes with a card. */
export const DECIDED: World = {
  program: buildProgram(HARBOUR, 20310615, [
    { service: 'grant', subject: 'person', clauses: [{ id: 'card', when: asks('card') }, { id: 'rich', when: above(60n) }], amount: f('x') },
    { service: 'card', subject: 'person', clauses: [{ id: 'p', when: f('p') }, { id: 'y', when: f('y') }] },
    { service: 'income', subject: 'person', clauses: [{ id: 'y', when: f('y') }], amount: settled },
    { service: 'shelter', subject: 'home', clauses: [{ id: 'holder', when: over('home', 'some', asks('card')) }] },
    { service: 'sheltered', subject: 'person', clauses: [{ id: 'home', when: make({ op: 'through', link: 'home', of: asks('shelter') }) }] },
    { service: 'all', subject: 'person', clauses: [] },
  ]),
  situation: SITUATION,
  expected: ([
    ['yes, with the amount', 'grant', ADA, { kind: 'yes', amountFen: 1 }],
    // Ben's card is unknown (p), his income none, which is not above 60: no, at the second clause.
    ['no at a later clause, behind an unknown one', 'grant', BEN, { kind: 'no', clause: 'rich' }],
    ['no at the first false clause', 'grant', CY, { kind: 'no', clause: 'card' }],
    ['none stands as false', 'card', DI, { kind: 'no', clause: 'p' }],
    ['false behind unknown', 'card', FAY, { kind: 'no', clause: 'p' }],
    ['unknown at the first unknown clause', 'card', BEN, { kind: 'unknown', clause: 'p' }],
    ['an unknown amount', 'income', DI, { kind: 'unknown', clause: 'amount' }],
    ['is not asked where a clause is false', 'income', CY, { kind: 'no', clause: 'y' }],
    ['an amount of nothing', 'income', ED, { kind: 'yes', amountFen: 0 }],
    ['a home with a holder', 'shelter', 0, { kind: 'yes' }],
    ['a home without', 'shelter', 1, { kind: 'no', clause: 'holder' }],
    ['who lives in such a home', 'sheltered', CY, { kind: 'yes' }],
    ['who lives nowhere', 'sheltered', ED, { kind: 'no', clause: 'home' }],
    ['a service without conditions', 'all', DI, { kind: 'yes' }],
  ] satisfies readonly (readonly [string, string, number, Verdict])[]).map(([name, service, place, verdict]) => ({ name, service, place, verdict })),
};
