import { LANE, laneOf, newColumn } from '#engine/rules/index.ts';
import type { Column, LinkColumns, Schema } from '#engine/rules/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import type { Block } from './city.ts';

/** Where the links of blocks are put together; rows of a block become rows of the city. */
export class LinkCollector {
  readonly #schema: Schema;
  readonly #primary: string;
  readonly rows = new Map<string, number>();
  readonly #sizes = new Words();
  readonly #groups = new Map<string, Words>();
  readonly #counts = new Map<string, Words>();
  readonly #targets = new Map<string, Words>();
  readonly #lost = new Map<string, Int8Array[]>();

  constructor(schema: Schema, primary: string) {
    this.#schema = schema;
    this.#primary = primary;
  }

  add(block: Block): void {
    const person = this.#schema.links.get(this.#primary)?.from ?? '';
    const before = (entity: string): number => this.rows.get(entity) ?? 0;
    if (block.rows.has(person)) {
      this.#sizes.push(block.sizes);
      for (const [link, groups] of block.groups) {
        const offset = before(this.#schema.links.get(link)?.to ?? '');
        of(this.#groups, link).push(groups.map((group) => (group < 0 ? LANE.int32.none : group + offset)));
      }
      const offset = before(person);
      for (const [link, { counts, targets, lost }] of block.joins.of(block.plan.given.role, block.sizes)) {
        of(this.#counts, link).push(counts);
        of(this.#targets, link).push(Int32Array.from(targets, (target) => target + offset));
        this.#lost.set(link, [...(this.#lost.get(link) ?? []), lost]);
      }
      for (const [link, counts] of block.spells) of(this.#counts, link).push(counts);
    }
    for (const [entity, rows] of block.rows) this.rows.set(entity, before(entity) + rows);
  }

  /** Every link of the schema. What the model does not draw is not known; a grouping it does not draw has nobody. */
  *links(): Generator<readonly [string, LinkColumns]> {
    for (const { id, kind, from, to } of this.#schema.links.values()) {
      const rows = this.rows.get(from) ?? 0;
      if (id === this.#primary) yield [id, { starts: starts(this.#sizes.whole()) }];
      else if (kind === 'grouping') yield [id, membersOf(this.#groups.get(id)?.whole() ?? new Int32Array(rows).fill(LANE.int32.none), this.rows.get(to) ?? 0)];
      else if (this.#counts.has(id)) yield [id, kind === 'spells' ? { starts: starts(this.#counts.get(id)?.whole() ?? new Int32Array()) } : this.#relation(id)];
      else yield [id, { starts: new Int32Array(rows + 1), lost: new Int8Array(rows).fill(1), ...(kind === 'relation' ? { targets: new Int32Array() } : {}) }];
    }
  }

  #relation(id: string): LinkColumns {
    const parts = this.#lost.get(id) ?? [];
    const lost = new Int8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      lost.set(part, at);
      at += part.length;
    }
    return { starts: starts(this.#counts.get(id)?.whole() ?? new Int32Array()), targets: this.#targets.get(id)?.whole() ?? new Int32Array(), lost: lost.includes(1) ? lost : undefined };
  }
}

function of(map: Map<string, Words>, key: string): Words {
  const found = map.get(key) ?? new Words();
  map.set(key, found);
  return found;
}

/** Whole numbers put one after the other. */
class Words {
  readonly #parts: Int32Array[] = [];

  push(part: Int32Array): void {
    this.#parts.push(part.slice());
  }

  whole(): Int32Array {
    const whole = new Int32Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

export function starts(sizes: Int32Array): Int32Array {
  const all = new Int32Array(sizes.length + 1);
  for (let at = 0; at < sizes.length; at++) all[at + 1] = (all[at] ?? 0) + (sizes[at] ?? 0);
  return all;
}

/** The members of each group as a permutation. */
export function membersOf(group: Int32Array, groups: number): LinkColumns {
  const sizes = new Int32Array(groups);
  for (const to of group) if (to >= 0) sizes[to] = (sizes[to] ?? 0) + 1;
  const begin = starts(sizes);
  const next = begin.slice();
  const targets = new Int32Array(begin[groups] ?? 0);
  for (let member = 0; member < group.length; member++) {
    const to = group[member] ?? -1;
    if (to < 0) continue;
    targets[next[to] ?? 0] = member;
    next[to] = (next[to] ?? 0) + 1;
  }
  return { starts: begin, targets, group };
}

/** A drawn city as a snapshot in memory: for tests and small cities. */
export function collectSnapshot(schema: Schema, primary: string, blocks: Iterable<Block>): Snapshot {
  const links = new LinkCollector(schema, primary);
  const parts = new Map<string, Column[]>();
  for (const block of blocks) {
    links.add(block);
    for (const [id, column] of block.columns) parts.set(id, [...(parts.get(id) ?? []), column.slice()]);
  }
  const columns = new Map([...schema.facts.values()].flatMap((fact) => {
    const lane = laneOf(fact.type, fact.type.kind === 'code' ? schema.codeLists.get(fact.type.list)?.codes.length : 0);
    const found = parts.get(fact.id);
    return lane && found ? [[fact.id, joined(lane, found)] as const] : [];
  }));
  const layouts = new Map([...columns].map(([id, { lane, column }]) => {
    const { unknown, none } = LANE[lane];
    return [id, { lane, unknown: column.includes(unknown), none: column.includes(none) }] as const;
  }));
  const made = new Map(links.links());
  return {
    schema, rows: new Map([...[...schema.entities.keys()].map((entity) => [entity, 0] as const), ...links.rows]),
    layout: { primary, columns: layouts, unknownLinks: new Set([...made].filter(([, { lost }]) => lost).map(([id]) => id)) },
    columns: new Map([...columns].map(([id, { column }]) => [id, column])),
    links: made, order: new Map(), quarantine: { count: 0, counts: new Map(), listed: [] },
  };
}

function joined(lane: keyof typeof LANE, parts: readonly Column[]): { readonly lane: keyof typeof LANE; readonly column: Column } {
  const column = newColumn(lane, parts.reduce((sum, part) => sum + part.length, 0), true);
  let at = 0;
  for (const part of parts) {
    column.set(part, at);
    at += part.length;
  }
  return { lane, column };
}
