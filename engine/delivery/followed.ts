import { decideAll } from '#engine/entitlement/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { buildProgram, isExpr, LANE, REASON, typed } from '#engine/rules/index.ts';
import type { Answers, Column, Expr, Rule, Schema } from '#engine/rules/index.ts';
import type { Day, DoneDays, Followed } from './due.ts';
import type { LinkedSchedule } from './link.ts';

/** Everybody whom a schedule follows, as far as dates go. Rows are those of its subject in the snapshot. */
export interface FollowedRows {
  readonly linked: LinkedSchedule;
  /** The rows that are followed, in their order. */
  readonly rows: Int32Array;
  /** How many there are of whom it is not known whether they are followed. */
  readonly unknown: number;
  /** Whether the snapshot has records of what was done: of anybody at all. */
  readonly recorded: boolean;
  readonly of: (row: number) => Followed;
}

const WHO = 'who';

/** Finds who is followed by some schedules on the day of the program: one run of the kernel for all of them. */
export function followedBy(schema: Schema, schedules: readonly LinkedSchedule[], snapshot: Snapshot, on: number): readonly FollowedRows[] {
  const rules = schedules.flatMap((linked) => rulesOf(schema, linked));
  const { answers } = decideAll(buildProgram(schema, on, rules), snapshot);
  return schedules.map((linked) => rowsOf(linked, answers, snapshot));
}

/** A decision for each thing to find out: yes and no of truth values, and days in the place of an amount. */
function rulesOf(schema: Schema, { schedule, who, anchor, when, counted }: LinkedSchedule): readonly Rule[] {
  const rule = (name: string, clauses: Rule['clauses'], amount?: Expr): Rule => ({ service: nameOf(schedule.id, name), subject: schedule.subject, clauses: [{ id: WHO, when: who }, ...clauses], amount });
  const dated = (name: string, date: Expr): Rule => rule(name, [{ id: 'there', when: hasOf(schema, date) }], date);
  return [
    rule(WHO, []), dated('anchor', anchor),
    ...[...when].map(([text, holds]) => rule(`when ${text}`, [{ id: 'holds', when: holds }])),
    ...[...counted].map(([text, date]) => dated(`counted ${text}`, date)),
  ];
}

const nameOf = (schedule: string, name: string): string => `${schedule} ${name}`;

function hasOf(schema: Schema, of: Expr): Expr {
  const made = typed({ schema, subjects: new Map() }, { op: 'has', of });
  if (!isExpr(made)) throw new Error(`a checked day is asked for: ${made.kind}`);
  return made;
}

function rowsOf(linked: LinkedSchedule, answers: ReadonlyMap<string, Answers>, snapshot: Snapshot): FollowedRows {
  const { schedule } = linked;
  const answered = (name: string): Answers => {
    const found = answers.get(nameOf(schedule.id, name));
    if (!found) throw new Error(`nothing was decided of ${name}`);
    return found;
  };
  const { reasons } = answered(WHO);
  const rows: number[] = [];
  let unknown = 0;
  reasons.forEach((reason, row) => {
    if (reason === REASON.yes) rows.push(row);
    else if (reason >= REASON.unknown) unknown += 1;
  });
  const anchor = daysOf(answered('anchor'));
  const holds = [...linked.when.keys()].map((text) => [text, answered(`when ${text}`).reasons] as const);
  const counted = [...linked.counted.keys()].map((text) => [text, daysOf(answered(`counted ${text}`))] as const);
  const records = recordsOf(snapshot, schedule.id, schedule.done);
  return {
    linked, unknown, rows: Int32Array.from(rows), recorded: records !== undefined,
    of: (row) => ({
      anchor: anchor(row),
      holds: new Map(holds.map(([text, found]) => [text, truthOf(found[row] ?? REASON.unknown)])),
      counted: new Map(counted.map(([text, days]) => [text, days(row)])),
      done: records?.(row),
    }),
  };
}

function truthOf(reason: number): boolean | undefined {
  return reason === REASON.yes ? true : reason < REASON.unknown ? false : undefined;
}

/** The day that a decision gives for each row. */
function daysOf({ reasons, amounts }: Answers): (row: number) => Day {
  const days = new Int32Array(reasons.length);
  let next = 0;
  reasons.forEach((reason, row) => {
    if (reason === REASON.yes) days[row] = amounts?.[next++] ?? 0;
  });
  return (row) => {
    const reason = reasons[row] ?? REASON.unknown;
    return reason === REASON.yes ? (days[row] ?? 0) : reason < REASON.unknown ? 'none' : 'unknown';
  };
}

/** What was done for each row by the records of a snapshot; undefined where it has none of anybody. */
function recordsOf({ links, columns, schema, rows }: Snapshot, schedule: string, spells: string): ((row: number) => DoneDays | undefined) | undefined {
  const [link, items, from] = [links.get(spells), columns.get(`${spells}.item`), columns.get(`${spells}.from`)];
  const codes = schema.codeLists.get(`${spells}.item`)?.codes ?? [];
  if (!link || !items || !from || (rows.get(spells) ?? 0) === 0) return undefined;
  const own = codes.map((code) => (code.startsWith(`${schedule}/`) ? code.slice(schedule.length + 1) : undefined));
  return (row) => (link.lost?.[row] === 1 ? undefined : doneBetween(link.starts[row] ?? 0, link.starts[row + 1] ?? 0, own, items, from));
}

function doneBetween(begin: number, end: number, own: readonly (string | undefined)[], items: Column, from: Column): DoneDays {
  const done = new Map<string, number[]>();
  for (let record = begin; record < end; record++) {
    const [item, on] = [own[items[record] ?? -1], from[record] ?? LANE.int32.unknown];
    // A record without a day says that something was done, not when: it counts from the beginning of the calendar, so it is left out.
    if (item !== undefined && on > LANE.int32.none) done.set(item, [...(done.get(item) ?? []), on]);
  }
  for (const days of done.values()) days.sort((a, b) => a - b);
  return done;
}
