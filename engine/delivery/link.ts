import type { Diagnostic } from '#engine/kernel/index.ts';
import { nearest } from '#engine/pack/index.ts';
import type { Schedule } from '#engine/pack/index.ts';
import { childrenOf, dayNumber, Reporter, WHOLE } from '#engine/rules/index.ts';
import type { Expr, RuleBook, Site } from '#engine/rules/index.ts';

/** A schedule whose texts are checked against the law of one day. */
export interface LinkedSchedule {
  readonly schedule: Schedule;
  readonly who: Expr;
  readonly anchor: Expr;
  /** By their text: what narrows items, and the days that items count from. */
  readonly when: ReadonlyMap<string, Expr>;
  readonly counted: ReadonlyMap<string, Expr>;
}

export type Schedules = ReadonlyMap<string, LinkedSchedule>;

/** The schedules of a pack as they read on a day (yyyymmdd); one that is wrong is left out. */
export function schedulesOn(book: RuleBook, lawOn: number): Schedules {
  return new Map([...book.pack.schedules.values()].flatMap((schedule) => {
    const linked = new Linker(book, schedule, lawOn, undefined).link();
    return linked ? [[schedule.id, linked] as const] : [];
  }));
}

/** What is wrong with the schedules of a pack. One that is an error stops serving. */
export function checkSchedules(book: RuleBook): readonly Diagnostic[] {
  const reporter = new Reporter(book.pack.texts);
  for (const schedule of book.pack.schedules.values()) new Linker(book, schedule, dayNumber(schedule.editions[0]?.from ?? ''), reporter).link();
  return reporter.diagnostics();
}

/** The facts that some expressions read, by id, in the order in which they stand. */
export function factsIn(exprs: readonly Expr[]): readonly string[] {
  const read = ({ node }: Expr): readonly string[] => (node.op === 'fact' ? [node.fact] : childrenOf<Expr>(node).flatMap(read));
  return [...new Set(exprs.flatMap(read))];
}

class Linker {
  readonly #book: RuleBook;
  readonly #schedule: Schedule;
  readonly #lawOn: number;
  readonly #reporter: Reporter | undefined;
  #faulty = false;

  constructor(book: RuleBook, schedule: Schedule, lawOn: number, reporter: Reporter | undefined) {
    this.#book = book;
    this.#schedule = schedule;
    this.#lawOn = lawOn;
    this.#reporter = reporter;
  }

  link(): LinkedSchedule | undefined {
    const schedule = this.#schedule;
    const { links, entities, facts } = this.#book.vocabulary.schema;
    if (!entities.has(schedule.subject)) return this.#fail(['subject'], 'entity-unknown', { id: schedule.subject }, nearest(schedule.subject, entities.keys()));
    const spells = links.get(schedule.done);
    if (spells?.kind !== 'spells' || spells.from !== schedule.subject || facts.get(`${schedule.done}.item`)?.type.kind !== 'code') this.#fail(['done'], 'schedule-done-wrong', { id: schedule.done, fact: `${schedule.done}.item` });
    const who = this.#expr(schedule.who, 'boolean', ['who']);
    const anchor = this.#expr(schedule.anchor, 'date', ['anchor']);
    const when = new Map<string, Expr>();
    const counted = new Map<string, Expr>();
    schedule.editions.forEach(({ items }, edition) => items.forEach((item, at) => {
      const path = ['editions', edition, 'items', at];
      const holds = item.when === undefined ? undefined : this.#expr(item.when, 'boolean', [...path, 'when']);
      if (holds && item.when !== undefined) when.set(item.when, holds);
      const from = item.counted === undefined ? undefined : this.#expr(item.counted, 'date', [...path, 'counted']);
      if (from && item.counted !== undefined) counted.set(item.counted, from);
      this.#item(items, at, path);
    }));
    this.#editions();
    return who && anchor && !this.#faulty ? { schedule, who, anchor, when, counted } : undefined;
  }

  #item(items: Schedule['editions'][number]['items'], at: number, path: readonly PropertyKey[]): void {
    const item = items[at];
    if (!item) return;
    if (!item.at && !item.every) this.#fail([...path, 'id'], 'schedule-item-undated', { id: item.id });
    if (item.every?.count === 0) this.#fail([...path, 'every'], 'schedule-every-zero', { id: item.id });
    const before = items.slice(0, at).map(({ id }) => id);
    if (before.includes(item.id)) this.#fail([...path, 'id'], 'schedule-item-twice', { id: item.id });
    if (item.after && !before.includes(item.after.item)) this.#fail([...path, 'after', 'item'], 'schedule-after-unknown', { id: item.after.item }, nearest(item.after.item, before));
  }

  /** Editions stand in the order of their days, and no day has two. */
  #editions(): void {
    this.#schedule.editions.forEach(({ from }, at, all) => {
      const before = all[at - 1];
      if (before && (before.until === undefined || before.until >= from)) this.#fail(['editions', at, 'from'], 'schedule-editions-overlap', { from, before: before.from });
    });
  }

  #expr(text: string, kind: 'boolean' | 'date', path: readonly PropertyKey[]): Expr | undefined {
    const { expr, problems } = this.#book.check(text, { entity: this.#schedule.subject, lawOn: this.#lawOn });
    for (const problem of problems) this.#reporter?.report(this.#site(path), problem);
    if (problems.some(({ severity }) => severity !== 'warning')) this.#faulty = true;
    return expr && expr.type.kind !== kind ? this.#fail(path, 'type-clash', { expected: kind, found: expr.type.kind }) : expr;
  }

  #site(path: readonly PropertyKey[]): Site {
    return { file: this.#schedule.place.file, path };
  }

  #fail(path: readonly PropertyKey[], code: string, data: Readonly<Record<string, string>>, near?: string): undefined {
    this.#faulty = true;
    this.#reporter?.report(this.#site(path), { code, at: WHOLE, data, nearest: near });
    return undefined;
  }
}
