import { countClauses, listRuns, openRun, readSummary } from '#adapters/columns/index.ts';
import type { StoredRun } from '#adapters/columns/index.ts';
import { actsByRun, moneyMark, observationsOf, readMoney } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import { actedState, againstOf, NO_ACTS } from '#engine/books/index.ts';
import type { Books, ClauseChanges, Money, RunActs, RunDetail, RunLine, RunPeople } from '#engine/books/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { RunSummary } from '#engine/entitlement/index.ts';
import type { Pack } from '#engine/pack/index.ts';

export interface BooksInput {
  readonly database: Database;
  /** Where the runs lie. */
  readonly runs: string;
  /** The pack that is in force. */
  readonly pack: () => Pack;
}

/** The books of a city with a store. A finished run never changes and is read once; money is read again when some has moved. */
export function openBooks({ database, runs, pack }: BooksInput): Books {
  const heads = new Map<string, Head>();
  const clauses = new Map<string, RunClauses>();
  let money: { readonly mark: string; readonly pack: Pack; readonly read: Promise<Money> } | undefined;
  const headOf = (run: StoredRun): Head | undefined => {
    const known = heads.get(run.id);
    if (known) return known;
    const summary = readSummary(run);
    if (!summary) return undefined;
    const { services: _, totals: __, ...head } = summary;
    heads.set(run.id, head);
    return head;
  };
  const acts = (): Promise<ReadonlyMap<string, RunActs>> => database.system('how far runs were acted on', actsByRun);
  return {
    runs: async () => {
      const [stored, done] = [listRuns(runs), await acts()];
      return {
        finished: stored.flatMap((run) => headOf(run) ?? []).map((head) => lineOf(head, done.get(head.run))).toReversed(),
        cutOff: stored.filter(({ finished }) => !finished).map(({ id, asOf }) => ({ id, asOf })),
      };
    },
    run: async (id) => {
      const run = openRun(runs, id);
      const summary = run && readSummary(run);
      if (!summary) return undefined;
      const counted = clauses.get(id) ?? countClauses(run) ?? new Map();
      clauses.set(id, counted);
      return detailOf(summary, (await acts()).get(id), counted);
    },
    money: async () => {
      const [mark, now] = [await moneyMark(database), pack()];
      if (money?.mark !== mark || money.pack !== now) money = { mark, pack: now, read: readMoney(database, now) };
      return money.read.catch((error: unknown) => {
        money = undefined;
        throw error;
      });
    },
    observations: async () => {
      const stored = await database.system('what was observed', (session) => observationsOf(session));
      const people = (id: string): RunPeople | undefined => {
        const run = openRun(runs, id);
        const head = run && headOf(run);
        return head && peopleOf(head);
      };
      return stored.map((one) => ({ ...one, people: people(one.run) }));
    },
  };
}

type Head = Omit<RunSummary, 'services' | 'totals'>;
type RunClauses = ReadonlyMap<string, readonly ClauseChanges[]>;

function lineOf(head: Head, acts: RunActs = NO_ACTS): RunLine {
  const { run: id, counts, grants, beforeFen, movedFen, cycles, stops, limits, before } = head;
  const asOf = parseDate(head.asOf);
  if (!asOf) throw new RangeError(`the run ${id} is of no day`);
  return { id, asOf, people: peopleOf(head), against: againstOf(before), counts, grants, beforeFen, movedFen, cycles, stops, limits, acts, acted: actedState(counts, acts) };
}

function peopleOf({ release: { id, count, synthetic } }: Head): RunPeople {
  return { release: id, count, synthetic };
}

/** Services that the run decides, and those it only ends, by id. */
function detailOf(summary: RunSummary, acts: RunActs | undefined, clauses: RunClauses): RunDetail {
  const totals = new Map(summary.totals.map((one) => [one.service, one]));
  const changed = new Map(summary.services.map((one) => [one.service, one]));
  return {
    line: lineOf(summary, acts),
    services: [...new Set([...totals.keys(), ...changed.keys()])].sort().map((service) => {
      const [decided, moved] = [totals.get(service), changed.get(service)];
      return {
        service, subject: moved?.subject ?? decided?.subject ?? '', counts: moved?.counts ?? NO_CHANGES, grants: moved?.grants ?? 0,
        beforeFen: moved?.beforeFen ?? 0, movedFen: moved?.movedFen ?? 0, decided, clauses: clauses.get(service) ?? [],
      };
    }),
  };
}

const NO_CHANGES = { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 } as const;
