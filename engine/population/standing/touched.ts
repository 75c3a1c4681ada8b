import { seenFact } from '#engine/rules/index.ts';
import type { LinkColumns, Program } from '#engine/rules/index.ts';
import type { Correction } from '../overlay/index.ts';
import { groupAt } from '../snapshot/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { restsOn, walkerOf } from './reach.ts';
import type { Step } from './reach.ts';

/**
 * The rows that must be decided again after corrections, service by service, ascending: those whose answer may rest on a
 * corrected value, of whatever other person or thing, or on a value that a corrected signature opens or closes.
 */
export function dirtyRows(program: Program, snapshot: Snapshot, corrections: readonly Correction[]): ReadonlyMap<string, readonly number[]> {
  const corrected = new Map<string, Set<number>>();
  for (const { fact, row } of corrections) corrected.set(fact, (corrected.get(fact) ?? new Set<number>()).add(row));
  const dirty = new Map<string, readonly number[]>();
  for (const [service, reaches] of restsOn(program)) {
    const rows = new Set<number>();
    for (const { path, fact } of reaches) for (const row of back(snapshot, path, cellsOf(snapshot, corrected, fact))) rows.add(row);
    if (rows.size > 0) dirty.set(service, [...rows].sort((a, b) => a - b));
  }
  return dirty;
}

/** The rows of a fact that changed: its own, and those whose signature did. */
function cellsOf(snapshot: Snapshot, corrected: ReadonlyMap<string, ReadonlySet<number>>, id: string): ReadonlySet<number> {
  const { fact, signed } = seenFact(id);
  const own = corrected.get(fact) ?? new Set<number>();
  const by = signed === undefined ? undefined : corrected.get(signed);
  if (!by || signed === undefined) return own;
  const { facts, links } = snapshot.schema;
  const [from, to] = [facts.get(signed)?.entity, facts.get(fact)?.entity];
  if (from === to) return new Set([...own, ...by]);
  const all = [...links.values()];
  const out = all.find(({ kind, to: group }) => kind === 'grouping' && group === from);
  const members = out ? stepped(snapshot, { link: out.id, way: 'members' }, by) : by;
  const person = out ? out.from : from;
  const onward = all.find((link) => link.from === person && link.to === to && link.kind !== 'relation');
  const cells = person === to ? members : onward ? stepped(snapshot, { link: onward.id, way: onward.kind === 'spells' ? 'spells' : 'group' }, members) : new Set<number>();
  return new Set([...own, ...cells]);
}

function stepped({ links }: Snapshot, step: Step, rows: ReadonlySet<number>): ReadonlySet<number> {
  const walk = walkerOf(links, [step]);
  const found = new Set<number>();
  for (const row of rows) walk(row, (next) => { found.add(next); });
  return found;
}

/** The rows from which a path leads to some of these. */
function back(snapshot: Snapshot, path: readonly Step[], rows: ReadonlySet<number>): ReadonlySet<number> {
  return path.reduceRight((to, step) => (to.size === 0 ? to : before(snapshot, step, to)), rows);
}

function before(snapshot: Snapshot, { link, way }: Step, rows: ReadonlySet<number>): ReadonlySet<number> {
  const columns = snapshot.links.get(link);
  if (!columns) return new Set();
  switch (way) {
    case 'group': return stepped(snapshot, { link, way: 'members' }, rows);
    case 'members': return stepped(snapshot, { link, way: 'group' }, rows);
    case 'spells': return new Set([...rows].flatMap((row) => groupAt(columns.starts, row) ?? []));
    case 'related': return owners(columns, rows);
    default: return way satisfies never;
  }
}

/** Whom a relation leads to some of these: one look at the whole relation. */
function owners({ starts, targets }: LinkColumns, rows: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  let owner = 0;
  for (const [at, target] of (targets ?? new Int32Array()).entries()) {
    while (at >= (starts[owner + 1] ?? Infinity)) owner += 1;
    if (rows.has(target)) found.add(owner);
  }
  return found;
}
