import type { Feed } from '#engine/pack/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Column, FactColumn, Lane, Schema } from '#engine/rules/index.ts';
import { feedPlan } from '../feed/index.ts';
import type { FeedPlan } from '../feed/index.ts';
import { CONFLICT, dutiesOf, giversInOrder, NOBODY } from '../standing/index.ts';
import type { Block, Order } from './city.ts';
import { dateOfDay, dayNumberOf } from './day.ts';
import { Dice, Quota } from './dice.ts';
import { ModelFault } from './model.ts';
import type { SentModel, SyntheticModel } from './model.ts';
import { ratio } from './value.ts';

/** When the departments saw what they tell of a block, and who told which value. */
export interface SentBlock {
  /** By feed, of each row; as yyyymmdd. */
  readonly days: ReadonlyMap<string, { readonly observedOn: Int32Array; readonly validFrom: Int32Array }>;
  /** By fact that several feeds give, as in `Givers`. */
  readonly by: ReadonlyMap<string, Int8Array>;
}

/** The feeds of a city that does not exist, by which its people are known. */
export interface Sender {
  readonly plans: readonly FeedPlan[];
  readonly givers: ReadonlyMap<string, readonly FeedPlan[]>;
  /** Of the next block; blocks come in their order. */
  readonly block: (block: Block) => SentBlock;
}

/** The feeds of a pack that are declared synthetic, ready to be read or written. */
export function syntheticFeeds({ pack }: SyntheticModel, schema: Schema): readonly FeedPlan[] {
  return [...pack.feeds.values()].filter(({ synthetic }) => synthetic).map((feed) => {
    const plan = feedPlan(pack, schema, feed);
    if ('problems' in plan) throw new ModelFault(`feeds ${feed.id}`, plan.problems.map(({ kind, name }) => `${kind} ${name}`).join(', '));
    return plan;
  });
}

/** Draws how a city was sent. What is drawn here changes nobody: it has dice of its own. */
export function senderOf(model: SyntheticModel, schema: Schema, { seed, on }: Pick<Order, 'seed' | 'on'>): Sender {
  const plans = syntheticFeeds(model, schema);
  const strange = model.sent.find(({ feed }) => !plans.some((plan) => plan.feed.id === feed));
  if (strange) throw new ModelFault('sent', `${strange.feed} is no feed`);
  const dumb = plans.find(({ feed }) => feed.observedOn === undefined && model.sent.some((one) => one.feed === feed.id && (one.daysBefore ?? one.late) !== undefined));
  if (dumb) throw new ModelFault('sent', `${dumb.feed.id} has no column for the day on which a row was seen`);
  const givers = giversInOrder(plans, dutiesOf(model.pack, schema));
  const sent = new Map(model.sent.map((one) => [one.feed, one]));
  const seen = new Map(plans.map(({ feed }) => [feed.id, daysSeen(feed, sent.get(feed.id), new Dice(seed, `sent ${feed.id}`), on)]));
  const shared = new Map([...givers].filter(([, feeds]) => feeds.length > 1).map(([fact, feeds]) => [fact, toldBy(fact, feeds, sent, seed)]));
  return {
    plans, givers,
    block: ({ rows, columns }) => ({
      days: new Map(plans.map(({ feed }) => [feed.id, (seen.get(feed.id) ?? (() => NO_DAYS))(rows.get(feed.entity) ?? 0)])),
      by: new Map([...shared].flatMap(([fact, told]) => { const column = columns.get(fact); return column ? [[fact, told(column)] as const] : []; })),
    }),
  };
}

const NO_DAYS = { observedOn: new Int32Array(), validFrom: new Int32Array() };

/** Where a feed has a column for it, a record holds from the first of the month in which it was seen. */
function daysSeen(feed: Feed, sent: SentModel | undefined, dice: Dice, on: number): (rows: number) => { readonly observedOn: Int32Array; readonly validFrom: Int32Array } {
  const today = dayNumberOf(on);
  const [late, share] = [new Quota(dice), sent?.late ? ratio(sent.late.share) / 100 : 0];
  const dayOf = (): number => {
    const span = sent?.late && late.hit(share) ? sent.late : sent?.daysBefore;
    return span ? dateOfDay(today - dice.between(span.from, span.to)) : on;
  };
  return (rows) => {
    const observedOn = new Int32Array(rows);
    for (let row = 0; row < rows; row++) observedOn[row] = dayOf();
    return { observedOn, validFrom: feed.validFrom === undefined ? observedOn : observedOn.map((day) => day - (day % 100) + 1) };
  };
}

/** Who told each value of a fact: the first giver, unless another alone knew it; in conflict where another told another value. */
function toldBy(fact: string, feeds: readonly FeedPlan[], sent: ReadonlyMap<string, SentModel>, seed: number): (column: Column) => Int8Array {
  const mapped = feeds[0]?.columns.find((one) => one.fact.id === fact);
  const lane: Lane = mapped?.lane ?? 'int8';
  const others = feeds.slice(1).map(({ feed }) => {
    const { alone, differs } = sent.get(feed.id) ?? {};
    const quota = (what: string): Quota => new Quota(new Dice(seed, `${what} ${feed.id} ${fact}`));
    return { alone: { quota: quota('alone'), share: alone ? ratio(alone) / 100 : 0 }, differs: { quota: quota('differs'), share: differs ? ratio(differs) / 100 : 0 } };
  });
  return (column) => {
    const by = new Int8Array(column.length);
    for (const [row, value] of column.entries()) {
      if (value === LANE[lane].unknown) by[row] = NOBODY;
      if (value <= LANE[lane].none) continue;
      for (const [at, { alone, differs }] of others.entries()) {
        if (alone.quota.hit(alone.share)) by[row] = at + 1;
        else if (at === 0 && differs.quota.hit(differs.share)) by[row] = CONFLICT;
        if (by[row] !== 0) break;
      }
    }
    return by;
  };
}

/** What a feed says of a fact, given who told it: nothing where another alone knew it, something else where it is in conflict. `giver` is the feed's place among the givers. */
export function saidBy(fact: FactColumn, lane: Lane, codes: number, giver: number, by: number, value: number): number {
  if (by === NOBODY) return LANE[lane].unknown;
  if (by >= CONFLICT) return giver === 1 ? another(fact, codes, value) : value;
  return by !== 0 && by !== giver ? LANE[lane].unknown : value;
}

/** Another value of the same type. */
function another({ type }: FactColumn, codes: number, value: number): number {
  switch (type.kind) {
    case 'boolean': return 1 - value;
    case 'code': return (value + 1) % codes;
    case 'date': return value % 100 > 1 ? value - 1 : value + 1;
    case 'number': return BigInt(value) < type.max ? value + 1 : value - 1;
    case 'text': return value;
    default: return type satisfies never;
  }
}
