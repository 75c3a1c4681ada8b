import { LANE, laneOf, newColumn } from '#engine/rules/index.ts';
import type { Column, FactColumn, Lane, Schema, ValueType } from '#engine/rules/index.ts';
import { ModelFault } from './model.ts';
import type { ColumnModel } from './model.ts';
import { isOfTheDay } from './value.ts';

/** A column being drawn: a fact of the schema, or a trait that only the model knows. */
export interface Drawn {
  readonly name: string;
  readonly entity: string;
  readonly type: ValueType;
  readonly fact: FactColumn | undefined;
  readonly lane: Lane;
  /** What a value of a code is called, in the order of its places. */
  readonly labels: readonly string[];
  /** The rows of the block at hand; made anew only where a block needs more room. */
  column: Column;
}

/** How the rows of one kind of thing lead to those of another, in the block at hand. */
export interface Ways {
  /** From a person to the row of a group, by the group's entity. */
  readonly groupOf: Map<string, Int32Array>;
  /** The members of each group: where they begin, and who they are. */
  readonly members: Map<string, { starts: Int32Array; people: Int32Array }>;
  readonly rows: Map<string, number>;
}

/** Everything a block is drawn on: columns by name and id, and how things are joined. */
export class Sheet {
  readonly schema: Schema;
  readonly person: string;
  readonly ways: Ways = { groupOf: new Map(), members: new Map(), rows: new Map() };
  readonly #columns = new Map<string, Drawn>();
  readonly all: Drawn[] = [];

  constructor(schema: Schema, person: string) {
    this.schema = schema;
    this.person = person;
  }

  /** A column for a fact, by its id or name. */
  fact(name: string): Drawn {
    const fact = this.schema.facts.get(name) ?? [...this.schema.facts.values()].find((one) => one.name === name);
    if (!fact) throw new ModelFault(name, 'is no fact');
    const { type } = fact;
    const labels = type.kind === 'code' ? (this.schema.codeLists.get(type.list)?.labels ?? []) : [];
    const lane = laneOf(type, labels.length);
    if (!lane) throw new ModelFault(name, 'is a text, which no column holds');
    return this.#add({ name: fact.name, entity: fact.entity, type, fact, lane, labels, column: newColumn(lane, 0) });
  }

  trait(name: string, entity: string, type: ValueType, labels: readonly string[] = []): Drawn {
    return this.#add({ name, entity, type, fact: undefined, lane: 'float64', labels, column: new Float64Array() });
  }

  #add(drawn: Drawn): Drawn {
    if (this.#columns.has(drawn.name)) throw new ModelFault(drawn.name, 'is drawn twice');
    this.#columns.set(drawn.name, drawn);
    if (drawn.fact) this.#columns.set(drawn.fact.id, drawn);
    this.all.push(drawn);
    return drawn;
  }

  has(name: string): Drawn | undefined {
    return this.#columns.get(name);
  }

  find(name: string, where: string): Drawn {
    const found = this.#columns.get(name);
    if (!found) throw new ModelFault(where, `${name} is drawn nowhere`);
    return found;
  }

  /** Room for so many rows of a kind of thing. */
  size(entity: string, rows: number): void {
    this.ways.rows.set(entity, rows);
    for (const drawn of this.all) {
      if (drawn.entity !== entity || drawn.column.length >= rows) continue;
      drawn.column = newColumn(drawn.lane, Math.ceil(rows * 1.2));
    }
  }

  /** Reads a column from the rows of another kind of thing: a person reads the group it belongs to. */
  reader(drawn: Drawn, from: string, where: string): (row: number) => number {
    if (drawn.entity === from) return (row) => drawn.column[row] ?? 0;
    if (from !== this.person) throw new ModelFault(where, `${drawn.name} is not a column of ${from}`);
    const { groupOf } = this.ways;
    const none = LANE[drawn.lane].none;
    return (row) => {
      const group = groupOf.get(drawn.entity)?.[row] ?? -1;
      return group < 0 ? none : (drawn.column[group] ?? none);
    };
  }
}

/** The type of a trait: codes where its values have names, else numbers. */
export function traitType({ trait = '', scale, cases = [] }: ColumnModel): { readonly type: ValueType; readonly labels: readonly string[] } {
  const labels = [...new Set(cases.flatMap((one) => [...Object.keys(one.of ?? {}), ...(one.value === undefined ? [] : [one.value])]))].filter((label) => !RESERVED.has(label));
  if (labels.some((label) => !/^-?\d+(?:\.\d+)?$/.test(label) && !isOfTheDay(label))) return { type: { kind: 'code', list: `trait ${trait}` }, labels };
  if (cases.some((one) => one.share !== undefined || one.some !== undefined || one.is !== undefined)) return { type: { kind: 'boolean' }, labels: [] };
  return { type: { kind: 'number', scale: scale ?? 0, min: -(2n ** 53n) + 2n, max: 2n ** 53n - 1n }, labels: [] };
}

export const RESERVED: ReadonlySet<string> = new Set(['none', 'unknown', 'true', 'false']);
