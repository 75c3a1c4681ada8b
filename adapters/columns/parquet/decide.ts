import { amountLane, blocksOfGroups, BlockRunner, isFar, LANE, LARGEST_GROUP, newColumn } from '#engine/rules/index.ts';
import type { Bound, Column, FactColumn, Kernel, Lane, Slot } from '#engine/rules/index.ts';
import { ParquetReader } from './read.ts';
import { longsOf, ParquetWriter, yesBits } from './write.ts';
import type { ParquetColumn, Values } from './write.ts';

/** A flat file of people, sorted by the primary grouping, with a column for each fact under its id. */
export interface PeopleFile {
  readonly path: string;
  /** The column that says in which group a person is: a whole number, the same for the members of one group. */
  readonly group: string;
  /** Facts that are none where another is none; any other absent value is unknown if it may be, else none. */
  readonly noneWith: ReadonlyMap<string, string>;
}

/**
 * Decides a file of people straight into files of answers: one row a person, one row a group, in the order of the file.
 *
 * For programs of one pass that follow no link out of the group; others need a snapshot. Each service has a column of
 * reasons and, where it pays, one of fen that is null where the reason is not 0. Gives how many values were set aside.
 */
export function decideParquet(kernel: Kernel, file: PeopleFile, outOf: (entity: string) => string): number {
  const { program, layout } = kernel;
  const primary = layout.primary === undefined ? undefined : program.schema.links.get(layout.primary);
  if (!primary || kernel.passes > 1 || kernel.slots.some(isFar)) throw new Error('a program that leaves the household needs a snapshot');
  const reader = new ParquetReader(file.path);
  const stretch = new Stretch(kernel, reader.widest + 2 * Number(LARGEST_GROUP));
  const runner = new BlockRunner(kernel, stretch);
  const writers = [primary.from, primary.to].map((entity) => new Answers(kernel, stretch, entity, outOf(entity)));
  let aside = 0;
  reader.groups.forEach(({ rows }, group) => {
    aside += stretch.fill(reader, group, rows, file);
    const isLast = group === reader.groups.length - 1;
    const starts = stretch.groups(isLast, primary.to);
    runner.run(0, blocksOfGroups(starts, primary.from));
    for (const writer of writers) writer.put(writer.entity === primary.from ? starts[starts.length - 1] ?? 0 : starts.length - 1);
    stretch.carry(starts[starts.length - 1] ?? 0);
  });
  reader.close();
  for (const writer of writers) writer.close();
  return aside;
}

/** Some people of a file in columns, and the answers about them; the group that the file has not ended yet stays for the next. */
class Stretch {
  readonly reasons: readonly Uint8Array[];
  readonly amounts: readonly (Column | undefined)[];
  readonly counts: number[];
  readonly #facts: readonly { readonly fact: FactColumn; readonly lane: Lane; readonly column: Column; readonly ofGroup: Column | undefined }[];
  readonly #home: Int32Array;
  readonly #starts: Int32Array;
  #rows = 0;

  constructor(kernel: Kernel, capacity: number) {
    const { decisions, schema, facts } = kernel.program;
    this.#facts = facts.flatMap((id) => {
      const fact = schema.facts.get(id);
      const lane = kernel.layout.columns.get(id)?.lane;
      const ofGroup = fact?.entity === schema.links.get(kernel.layout.primary ?? '')?.to;
      return fact && lane ? [{ fact, lane, column: newColumn(lane, capacity), ofGroup: ofGroup ? newColumn(lane, capacity) : undefined }] : [];
    });
    this.#home = new Int32Array(capacity);
    this.#starts = new Int32Array(capacity + 1);
    this.reasons = decisions.map(() => new Uint8Array(capacity));
    this.amounts = decisions.map((decision) => {
      const lane = amountLane(kernel.program, decision);
      return lane && newColumn(lane, capacity);
    });
    this.counts = decisions.map(() => 0);
  }

  /** Reads a row group behind the rows that are left. */
  fill(reader: ParquetReader, group: number, rows: number, { group: home, noneWith }: PeopleFile): number {
    const at = this.#rows;
    let aside = reader.read(group, home, { column: this.#home, at, absent: LANE.int32.none, unknown: LANE.int32.none, min: 0, max: LANE.int32.most });
    for (const { fact, lane, column } of this.#facts) {
      const { unknown, none, least, most } = LANE[lane];
      const [min, max] = fact.type.kind === 'number' ? [Number(fact.type.min), Number(fact.type.max)] : fact.type.kind === 'date' ? [fact.type.min, fact.type.max] : [Math.max(0, least), fact.type.kind === 'boolean' ? 1 : most];
      aside += reader.read(group, fact.id, { column, at, absent: fact.unknowable ? unknown : none, unknown, min, max });
    }
    for (const [id, other] of noneWith) this.#noneWith(id, other, at, rows);
    this.#rows += rows;
    return aside;
  }

  /** Where each group that is whole begins, and its own facts, taken from its first member. */
  groups(isLast: boolean, entity: string): Int32Array {
    let groups = 0;
    for (let row = 0; row < this.#rows; row++) if (row === 0 || this.#home[row] !== this.#home[row - 1]) this.#starts[groups++] = row;
    this.#starts[groups] = this.#rows;
    const whole = isLast ? groups : groups - 1;
    for (const { fact, column, ofGroup } of this.#facts) {
      if (ofGroup && fact.entity === entity) for (let at = 0; at < whole; at++) ofGroup[at] = column[this.#starts[at] ?? 0] ?? 0;
    }
    return this.#starts.subarray(0, whole + 1);
  }

  /** Moves what comes after the whole groups to the front. */
  carry(done: number): void {
    this.#home.copyWithin(0, done, this.#rows);
    for (const { column } of this.#facts) column.copyWithin(0, done, this.#rows);
    this.#rows -= done;
    this.counts.fill(0);
  }

  far(): undefined {
    return undefined;
  }

  read(slot: Slot, _: number, from: number, into: Bound): void {
    if (slot.kind === 'starts') into.set(this.#starts.subarray(from, from + into.length));
    else if (slot.kind === 'fact') {
      const found = this.#facts.find(({ fact }) => fact.id === slot.fact);
      into.set((found?.ofGroup ?? found?.column)?.subarray(from, from + into.length) ?? []);
    }
  }

  write(slot: Slot, _: number, from: number, values: Bound): void {
    if (slot.kind === 'reason') this.reasons[slot.decision]?.set(values, from);
    else if (slot.kind === 'amount') {
      const count = this.counts[slot.decision] ?? 0;
      this.amounts[slot.decision]?.set(values, count);
      this.counts[slot.decision] = count + values.length;
    }
  }

  #noneWith(id: string, other: string, from: number, rows: number): void {
    const [one, two] = [id, other].map((fact) => this.#facts.find((found) => found.fact.id === fact));
    if (one && two) noneWhere(one.column.subarray(from, from + rows), LANE[one.lane], two.column.subarray(from, from + rows), LANE[two.lane].none);
  }
}

/** What is unknown where another column is none becomes none. */
function noneWhere(column: Column, { unknown, none }: { readonly unknown: number; readonly none: number }, other: Column, otherNone: number): void {
  for (let row = 0; row < column.length; row++) if (column[row] === unknown && other[row] === otherNone) column[row] = none;
}

/** The answers about one kind of thing, as a file. */
class Answers {
  readonly entity: string;
  readonly #stretch: Stretch;
  readonly #writer: ParquetWriter;
  readonly #columns: readonly { readonly decision: number; readonly fen: boolean }[];

  constructor({ program }: Kernel, stretch: Stretch, entity: string, path: string) {
    this.entity = entity;
    this.#stretch = stretch;
    this.#columns = program.decisions.flatMap((decision, number) => {
      if (decision.subject !== entity) return [];
      return [{ decision: number, fen: false }, ...(decision.amount === undefined ? [] : [{ decision: number, fen: true }])];
    });
    this.#writer = new ParquetWriter(path, this.#columns.map(({ decision, fen }): ParquetColumn => {
      const name = program.decisions[decision]?.service ?? '';
      return fen ? { name: `${name}.fen`, type: stretch.amounts[decision] instanceof Float64Array ? 'int64' : 'int32' } : { name, type: 'byte' };
    }));
  }

  put(rows: number): void {
    this.#writer.group(rows, (at) => this.#values(at, rows));
  }

  close(): void {
    this.#writer.close();
  }

  #values(at: number, rows: number): Values {
    const { decision, fen } = this.#columns[at] ?? { decision: 0, fen: false };
    const reasons = this.#stretch.reasons[decision]?.subarray(0, rows) ?? new Uint8Array();
    if (!fen) return { present: undefined, values: reasons };
    const amounts = this.#stretch.amounts[decision]?.subarray(0, this.#stretch.counts[decision]) ?? new Int32Array();
    return { present: yesBits(reasons), values: amounts instanceof Float64Array ? longsOf(amounts) : amounts };
  }
}
