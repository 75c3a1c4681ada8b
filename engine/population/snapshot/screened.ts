import { LANE, NOBODY_SIGNS, seenFact } from '#engine/rules/index.ts';
import type { Column, ColumnLayout, Link } from '#engine/rules/index.ts';
import { groupAt } from './group.ts';
import type { Snapshot } from './snapshot.ts';

const kept = new WeakMap<Snapshot, Map<string, Uint8Array>>();

/**
 * For each row of an entity, 1 where those whom it is about have signed that their sensitive facts may be read.
 *
 * `signed` is a yes-or-no fact, of somebody or of a family. It opens the thing itself; of a family that has signed each
 * member; of a family one of whose members has asked, the family; of another group of the members, the group once all
 * of them are open; of spells those of an open owner. Unknown is not signed. What is nobody's (a school) is open.
 */
export function signedRows(snapshot: Snapshot, signed: string, entity: string): Uint8Array {
  const made = kept.get(snapshot) ?? new Map<string, Uint8Array>();
  kept.set(snapshot, made);
  const key = `${signed} ${entity}`;
  const found = made.get(key) ?? openRows(snapshot, signed, entity);
  made.set(key, found);
  return found;
}

function openRows(snapshot: Snapshot, signed: string, entity: string): Uint8Array {
  const { schema, columns, rows } = snapshot;
  const count = rows.get(entity) ?? 0;
  const by = schema.facts.get(signed);
  if (!by) return new Uint8Array(count);
  if (by.entity === entity) {
    const column = columns.get(signed);
    return Uint8Array.from({ length: count }, (_, row) => (column?.[row] === 1 ? 1 : 0));
  }
  const links = [...schema.links.values()];
  const spells = links.find(({ kind, to }) => kind === 'spells' && to === entity);
  if (spells) return ofOwners(snapshot, spells, signedRows(snapshot, signed, spells.from), count);
  const family = links.find(({ kind, from, to }) => kind === 'grouping' && to === by.entity && from === entity);
  if (family) return ofMembers(snapshot, family, signedRows(snapshot, signed, by.entity), count);
  const group = links.find(({ kind, to }) => kind === 'grouping' && to === entity);
  return group ? ofGroups(snapshot, group, signedRows(snapshot, signed, group.from), count, group.from === by.entity) : new Uint8Array(count).fill(1);
}

/** Each member as its group; who is in none has signed nothing. */
function ofMembers({ links }: Snapshot, { id }: Link, groups: Uint8Array, count: number): Uint8Array {
  const found = links.get(id);
  return Uint8Array.from({ length: count }, (_, row) => {
    const group = found?.group ? found.group[row] : found && groupAt(found.starts, row);
    return group === undefined || group < 0 ? 0 : (groups[group] ?? 0);
  });
}

/** Each group once one of its members, or all of them, are open. */
function ofGroups({ links }: Snapshot, { id }: Link, members: Uint8Array, count: number, one: boolean): Uint8Array {
  const found = links.get(id);
  return Uint8Array.from({ length: count }, (_, group) => {
    const [first, last] = [found?.starts[group] ?? 0, found?.starts[group + 1] ?? 0];
    let open = 0;
    for (let at = first; at < last; at++) open += members[found?.targets ? (found.targets[at] ?? 0) : at] ?? 0;
    return open > 0 && (one || open === last - first) ? 1 : 0;
  });
}

/** Each spell as its owner. */
function ofOwners({ links }: Snapshot, { id }: Link, owners: Uint8Array, count: number): Uint8Array {
  const open = new Uint8Array(count);
  const starts = links.get(id)?.starts;
  owners.forEach((signed, owner) => { if (signed === 1) open.fill(1, starts?.[owner] ?? 0, starts?.[owner + 1] ?? 0); });
  return open;
}

/** The column of a fact as it is seen by signature: unknown in every row that nobody has signed for. Undefined where the fact has no column. */
export function screenedColumn(snapshot: Snapshot, id: string): { readonly column: Column; readonly layout: ColumnLayout } | undefined {
  const { fact, signed = NOBODY_SIGNS } = seenFact(id);
  const [plain, layout, entity] = [snapshot.columns.get(fact), snapshot.layout.columns.get(fact), snapshot.schema.facts.get(fact)?.entity];
  if (!plain || !layout || entity === undefined) return undefined;
  const open = signedRows(snapshot, signed, entity);
  const { unknown } = LANE[layout.lane];
  return { column: plain.map((value, row) => (open[row] === 1 ? value : unknown)), layout: { ...layout, unknown: true } };
}
