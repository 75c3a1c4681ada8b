import { giversInOrder, mergedColumns } from '#engine/population/index.ts';
import type { Days, Duty, FeedPlan } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Column, FactColumn } from '#engine/rules/index.ts';
import { OriginsWriter } from '../origins.ts';
import type { SnapshotWriter } from '../store.ts';

/** The facts of a release while feeds come in; of a fact that several give, the columns wait until the last has come. */
export class FactsOut {
  readonly #writer: SnapshotWriter;
  readonly #origins: OriginsWriter;
  readonly #givers: ReadonlyMap<string, readonly FeedPlan[]>;
  readonly #waiting = new Map<string, Map<string, Column>>();
  /** By fact, the array that says who gave what; undefined where one feed gives it. */
  readonly #given: { readonly fact: string; readonly by: ReturnType<ReturnType<SnapshotWriter['array']>['close']>['stored'] | undefined }[] = [];

  constructor(writer: SnapshotWriter, plans: readonly FeedPlan[], duties: ReadonlyMap<string, Duty>) {
    this.#writer = writer;
    this.#origins = new OriginsWriter(writer);
    this.#givers = giversInOrder(plans, duties);
  }

  /** When the rows of a feed were seen, and from when they hold: each one day, or one for each row. */
  days({ feed }: FeedPlan, observedOn: Days, validFrom: Days): void {
    const about = { feed: feed.id, department: feed.department, entity: feed.entity };
    if (typeof observedOn === 'number' && typeof validFrom === 'number') {
      this.#origins.feedOfOneDay({ ...about, observedOn, validFrom });
      return;
    }
    const rows = typeof observedOn === 'object' ? observedOn.length : typeof validFrom === 'object' ? validFrom.length : 0;
    const whole = (days: Days): Int32Array => (typeof days === 'number' ? new Int32Array(rows).fill(days) : days);
    const open = this.#origins.feed(about, observedOn !== validFrom);
    open.append({ observedOn: whole(observedOn), validFrom: whole(validFrom) });
    open.close();
  }

  take({ feed }: FeedPlan, fact: FactColumn, column: Column): void {
    const givers = this.#givers.get(fact.id) ?? [];
    const told = this.#waiting.get(fact.id) ?? new Map<string, Column>();
    told.set(feed.id, column);
    this.#waiting.set(fact.id, told);
    if (told.size < givers.length) return;
    this.#waiting.delete(fact.id);
    const lane = givers[0]?.columns.find((one) => one.fact.id === fact.id)?.lane ?? 'int8';
    const merged = givers.length > 1 ? mergedColumns(lane, LANE[lane].unknown, givers.flatMap((plan) => told.get(plan.feed.id) ?? [])) : { column, by: undefined };
    const out = this.#writer.column(fact, lane);
    out.append(merged.column);
    out.close();
    this.#given.push({ fact: fact.id, by: merged.by && this.#whole(merged.by) });
  }

  finish(): void {
    for (const { fact, by } of this.#given) this.#origins.givers(fact, (this.#givers.get(fact) ?? []).map(({ feed }) => feed.id), by);
    this.#origins.finish();
  }

  #whole(by: Int8Array): ReturnType<ReturnType<SnapshotWriter['array']>['close']>['stored'] {
    const open = this.#writer.array('int8');
    open.append(by);
    return open.close().stored;
  }
}
