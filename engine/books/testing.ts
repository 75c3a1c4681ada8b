import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { NO_ACTS, NO_MONEY } from './books.ts';
import type { Books, Money, RunDetail, RunLine } from './books.ts';

/* Books of a made-up town, written by hand. */

export function dayOf(text: string): CalendarDate {
  const day = parseDate(text);
  if (!day) throw new RangeError(`${text} is no day`);
  return day;
}

/** A run of eight changes over a hundred people who were made up; nothing was done about it. */
export function runOf(asOf: string, change: Partial<RunLine> = {}): RunLine {
  return {
    id: `${asOf}-c0ffee000000`, asOf: dayOf(asOf), people: { release: 'v1', count: 100, synthetic: true }, against: { kind: 'grants' }, counts: { new: 8, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 },
    grants: 0, beforeFen: 0, movedFen: 640_000, cycles: [{ cycle: 'month', beforeFen: 0, movedFen: 640_000 }], limits: { grantsBp: 500, moneyBp: 500 }, stops: [], acts: NO_ACTS, acted: 'not', ...change,
  };
}

/** The same run by service: the closed-season grant, 800.00 a month, of which the city pays 60 %. */
export function detailOf(line: RunLine): RunDetail {
  const { counts, grants, beforeFen, movedFen } = line;
  const decided = {
    service: 'closed-season-grant', subject: 'person', rows: 100, yes: 8, no: [], unknown: [], amountFen: 640_000, cycle: 'month', unstatedFen: 0,
    payers: [{ level: 'city', of: 'registered', county: undefined, amountFen: 384_000 }, { level: 'county', of: 'registered', county: '990101', amountFen: 256_000 }],
    counties: [{ county: '990101', yes: 8, amountFen: 640_000 }],
  } as const;
  return { line, services: [{ service: 'closed-season-grant', subject: 'person', counts, grants, beforeFen, movedFen, decided, clauses: [{ kind: 'new', clause: 'income', count: 8 }] }] };
}

/** Books that hold these runs and this money. */
export function booksOf(details: readonly RunDetail[], money: Money = NO_MONEY): Books {
  return {
    runs: () => Promise.resolve({ finished: details.map(({ line }) => line), cutOff: [] }),
    run: (id) => Promise.resolve(details.find(({ line }) => line.id === id)),
    money: () => Promise.resolve(money),
    observations: () => Promise.resolve([]),
  };
}
