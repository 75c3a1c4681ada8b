import type { Pack, Precedence } from '#engine/pack/index.ts';
import { buildProgram, REASON, receivesFact } from '#engine/rules/index.ts';
import type { Answers, Column, Rule } from '#engine/rules/index.ts';
import { clauseOf, decideAll, fenByRow } from './run.ts';
import type { Baseline } from './simulate.ts';
import type { Cycle } from './totals.ts';
import { screened } from './screening.ts';

/** A service of a list that excludes one another, and what the list does to it. */
export interface StackPlace {
  readonly service: string;
  /** Undefined where the service is not decided. */
  readonly subject: string | undefined;
  readonly cycle: Cycle | undefined;
  /** How many meet its own scope and conditions, whatever the list says. */
  readonly meet: number;
  /** How many hold it, the list applied. */
  readonly hold: number;
  /** How many meet it and are moved away by the order of the list, and what they would have got in a cycle. */
  readonly moved: number;
  readonly movedFen: number;
}

/** How many meet, and draw, two services of a list at once. */
export interface StackPair {
  readonly earlier: string;
  readonly later: string;
  readonly meetBoth: number;
  /** Undefined where the register of one of them is not known. */
  readonly drawBoth: number | undefined;
}

export interface StackingList {
  readonly list: string;
  readonly rule: Precedence['rule'];
  readonly places: readonly StackPlace[];
  /** Only pairs of services that are given to the same kind of thing. */
  readonly pairs: readonly StackPair[];
}

/** What each precedence list of the pack does to the people of a baseline: every listed service once more without its list, in one run. */
export function stackingOf(baseline: Baseline): readonly StackingList[] {
  const { on, snapshot } = baseline;
  const book = screened(baseline.book);
  const rules = book.rulesAt(on);
  const free = rules.flatMap((rule) => listsOf(book.pack, rule).map((list): Rule => ({ ...rule, service: `${rule.service} ${list}`, clauses: rule.clauses.filter(({ id }) => id !== `stacks/${list}`) })));
  const { answers } = decideAll(buildProgram(book.vocabulary.schema, on, [...rules, ...free]), snapshot);
  return [...book.pack.precedence.values()].map(({ id, rule, services }) => {
    const sides = services.map((service) => ({ service, free: answers.get(`${service} ${id}`) ?? answers.get(service) }));
    return { list: id, rule, places: sides.map((side) => placeOf(baseline, id, side)), pairs: pairsOf(baseline, sides) };
  });
}

/** The lists whose clause a rule has; the first of a list has none. */
function listsOf({ precedence }: Pack, { clauses }: Rule): readonly string[] {
  return [...precedence.keys()].filter((list) => clauses.some(({ id }) => id === `stacks/${list}`));
}

interface Side {
  readonly service: string;
  /** Decided without the list. */
  readonly free: Answers | undefined;
}

function placeOf({ run, totals }: Baseline, list: string, { service, free }: Side): StackPlace {
  const decided = run.answers.get(service);
  const cycle = totals.find((one) => one.service === service)?.cycle;
  if (!decided || !free) return { service, subject: undefined, cycle, meet: 0, hold: 0, moved: 0, movedFen: 0 };
  const fen = fenByRow(free);
  let [meet, hold, moved, movedFen] = [0, 0, 0, 0];
  free.reasons.forEach((reason, row) => {
    const now = decided.reasons[row] ?? REASON.unknown;
    if (now === REASON.yes) hold += 1;
    if (reason !== REASON.yes) return;
    meet += 1;
    if (now >= REASON.unknown || clauseOf(decided.decision, now) !== `stacks/${list}`) return;
    moved += 1;
    movedFen += fen?.[row] ?? 0;
  });
  return { service, subject: decided.decision.subject, cycle, meet, hold, moved, movedFen };
}

function pairsOf({ snapshot }: Baseline, sides: readonly Side[]): readonly StackPair[] {
  return sides.flatMap((earlier, at) => sides.slice(at + 1).flatMap((later): readonly StackPair[] => {
    if (!earlier.free || earlier.free.decision.subject !== later.free?.decision.subject) return [];
    const other = later.free.reasons;
    const [one, two] = [snapshot.columns.get(receivesFact(earlier.service)), snapshot.columns.get(receivesFact(later.service))];
    const isKnown = one?.some((value) => value >= 0) === true && two?.some((value) => value >= 0) === true;
    return [{
      earlier: earlier.service, later: later.service,
      meetBoth: earlier.free.reasons.reduce((sum, reason, row) => sum + (reason === REASON.yes && other[row] === REASON.yes ? 1 : 0), 0),
      drawBoth: isKnown ? bothOf(one, two) : undefined,
    }];
  }));
}

function bothOf(one: Column, two: Column): number {
  let count = 0;
  for (const [row, value] of one.entries()) if (value === 1 && two[row] === 1) count += 1;
  return count;
}
