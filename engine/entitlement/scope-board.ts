import { asked, buildProgram, REASON } from '#engine/rules/index.ts';
import type { Answers, Rule } from '#engine/rules/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { NOWHERE } from './place.ts';
import { decideAll, fenByRow } from './run.ts';
import type { Run } from './run.ts';
import type { Baseline } from './simulate.ts';
import type { Cycle } from './totals.ts';
import { screened } from './screening.ts';

/** One service in one county for one group of people: who is in, and who would be if it were opened to them. */
export interface ScopeCell {
  /** How many there are: of the service's subject, so people or families. */
  readonly people: number;
  /** How many of them the scope reaches. */
  readonly reached: number;
  readonly entitled: number;
  /** How many are kept out by the scope alone: they would be entitled if it reached them. */
  readonly leftOut: number;
  /** What they would get in a cycle; 0 where the service pays no money. */
  readonly leftOutFen: number;
}

/** A service of the board that is decided for each person or family. */
export interface ScopeRow {
  readonly service: string;
  readonly subject: string;
  readonly cycle: Cycle | undefined;
  readonly paysMoney: boolean;
  /** By county, then by group, in the order of the board. */
  readonly cells: readonly (readonly ScopeCell[])[];
}

/** Every service that is decided, by where people live and how they stand. */
export interface ScopeBoard {
  /** In the order of the pack; undefined, last, is where somebody lives in no county that is known. */
  readonly counties: readonly (string | undefined)[];
  /** The groups of the breakdown by standing; undefined, last, is whoever is in none that is known. */
  readonly groups: readonly (string | undefined)[];
  readonly rows: readonly ScopeRow[];
  /** Everybody decided with no scope at all, all else as it is; by the id of the service. */
  readonly open: Run;
}

/**
 * The scope board of a baseline: one run for all cells.
 *
 * Each service is decided a second time without its scope, asking the others as they stand. What the pack does not
 * part by standing (a school, say) has no row, and neither has a service that is not decided.
 */
export function scopeBoardOf(baseline: Baseline): ScopeBoard {
  const { on, snapshot, run, places, parts } = baseline;
  const book = screened(baseline.book);
  const rules = book.rulesAt(on);
  const without = new Map(rules.map((rule) => [rule.service, { ...rule, service: `${rule.service} open`, clauses: rule.clauses.filter(({ id }) => id !== 'scope') }]));
  const reach = rules.map((rule): Rule => ({ service: `${rule.service} reach`, subject: rule.subject, clauses: rule.clauses.filter(({ id }) => id === 'scope') })).filter(({ clauses }) => clauses.length > 0);
  const needed = new Set(rules.flatMap(asked));
  const asks = rules.filter(({ service }) => needed.has(service));
  const { program, answers } = decideAll(buildProgram(book.vocabulary.schema, on, [...withAsked(asks, rules), ...without.values(), ...reach]), snapshot);
  const counties = [...places.counties, undefined];
  const groups = [...parts.groups('standing'), undefined];
  const rows = [...run.answers].flatMap(([service, decided]): readonly ScopeRow[] => {
    const { subject } = decided.decision;
    const open = answers.get(`${service} open`);
    const standing = parts.of('standing', subject);
    if (!open || !standing) return [];
    const totals = baseline.totals.find((one) => one.service === service);
    const place = places.of(subject, 'resident');
    const cells = counted({ decided, open, reach: answers.get(`${service} reach`) }, (row) => (at(place[row], counties.length)) * groups.length + (standing[row] ?? groups.length - 1), counties.length * groups.length);
    return [{ service, subject, cycle: totals?.cycle, paysMoney: totals?.amountFen !== undefined, cells: counties.map((_, county) => cells.slice(county * groups.length, (county + 1) * groups.length)) }];
  });
  const opened = [...without.keys()].flatMap((service) => { const found = answers.get(`${service} open`); return found ? [[service, found] as const] : []; });
  return { counties, groups, rows, open: { program, answers: new Map(opened) } };
}

/** An unknown county is the last. */
const at = (place: number | undefined, length: number): number => (place === undefined || place === NOWHERE ? length - 1 : place);

/** Rules with those that they ask, directly or through others, in the order of all. */
function withAsked(some: readonly Rule[], all: readonly Rule[]): readonly Rule[] {
  const needed = new Set(some.map(({ service }) => service));
  const next = all.filter((rule) => needed.has(rule.service)).flatMap(asked).filter((service) => !needed.has(service));
  return next.length === 0 ? all.filter(({ service }) => needed.has(service)) : withAsked(all.filter(({ service }) => needed.has(service) || next.includes(service)), all);
}

interface Sides {
  readonly decided: Answers;
  readonly open: Answers;
  /** Undefined where the service has no scope: it reaches everybody. */
  readonly reach: Answers | undefined;
}

function counted({ decided, open, reach }: Sides, cellOf: (row: number) => number, length: number): readonly ScopeCell[] {
  const fen = fenByRow(open);
  const [people, reached, entitled, leftOut, leftOutFen] = [new Float64Array(length), new Float64Array(length), new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const add = (sums: Float64Array, cell: number, value: number): void => { sums[cell] = (sums[cell] ?? 0) + value; };
  decided.reasons.forEach((reason, row) => {
    const cell = cellOf(row);
    add(people, cell, 1);
    if ((reach?.reasons[row] ?? REASON.yes) === REASON.yes) add(reached, cell, 1);
    if (reason === REASON.yes) add(entitled, cell, 1);
    else if (open.reasons[row] === REASON.yes) {
      add(leftOut, cell, 1);
      add(leftOutFen, cell, fen?.[row] ?? 0);
    }
  });
  return Array.from({ length }, (_, cell) => ({ people: people[cell] ?? 0, reached: reached[cell] ?? 0, entitled: entitled[cell] ?? 0, leftOut: leftOut[cell] ?? 0, leftOutFen: leftOutFen[cell] ?? 0 }));
}

/** Whether a group is within reach of a service somewhere. */
export type Reach = 'open' | 'closed' | 'partly' | 'nobody';

export function reachOf(cells: readonly Pick<ScopeCell, 'people' | 'reached'>[]): Reach {
  const [people, reached] = [cells.reduce((sum, one) => sum + one.people, 0), cells.reduce((sum, one) => sum + one.reached, 0)];
  return people === 0 ? 'nobody' : reached === 0 ? 'closed' : reached === people ? 'open' : 'partly';
}

/** The reform that opens one cell, or a group everywhere: what it costs and whom is what `simulate` says of it. */
export function openingReform({ service, group, area }: { readonly service: string; readonly group: string; readonly area?: string | undefined }, from: CalendarDate): Reform {
  return { name: { zh: service, en: service }, parameters: [], standards: [], openings: [{ service, from, group, area }], payers: [] };
}
