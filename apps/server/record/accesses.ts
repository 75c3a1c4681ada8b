import { timeIn } from '#adapters/clock/index.ts';
import { accessesOf, countAccesses } from '#adapters/store/index.ts';
import type { AccessRow } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { AccessOrder, AccessPage, Looker, OwnAccess, Person } from '#engine/record/index.ts';
import { aboutOf } from '#engine/ports.ts';
import type { RecordInput } from './open.ts';

const ON_A_PAGE = 50;

/** One page of who has looked at a person's data. */
export async function accessPage({ database, city }: RecordInput, person: Person, { page, own, by }: AccessOrder): Promise<AccessPage> {
  const notBy = own ? undefined : person.id;
  const { counted, rows, at } = await database.read(person, 'who looked at my data', async (session) => {
    const found = await countAccesses(session, person.id);
    const last = Math.max(1, Math.ceil(countOf(found, own, by) / ON_A_PAGE));
    const shown = Math.min(Math.max(1, page), last);
    return { counted: found, at: { page: shown, pages: last }, rows: await accessesOf(session, { notBy, by, limit: ON_A_PAGE, offset: (shown - 1) * ON_A_PAGE }) };
  });
  return {
    ...at, accesses: rows.map((row) => accessOf(city(), person, row)), count: countOf(counted, own, by), own: counted.get('self') ?? 0,
    by: new Map([...counted].flatMap(([who, count]): readonly (readonly [string, number])[] => (who.startsWith('department ') ? [[who.slice('department '.length), count]] : who === 'machine' ? [[who, count]] : []))),
  };
}

function countOf(counted: ReadonlyMap<string, number>, own: boolean, by: string | undefined): number {
  if (by !== undefined) return counted.get(by === 'machine' ? by : `department ${by}`) ?? 0;
  return [...counted].reduce((sum, [who, count]) => (who === 'self' && !own ? sum : sum + count), 0);
}

/** A row of the log as the person is told of it. */
export function accessOf(city: City, person: Person, { at, actor, department, purpose, through, subject_key: subject, columns }: AccessRow): OwnAccess {
  return { ...timeIn(city.pack.plan.calendar.zone, at), by: lookerOf(person, city, actor, department), purpose, through, everybody: subject === null, group: subject !== null && subject !== aboutOf(person), facts: columns };
}

function lookerOf(person: Person, city: City, actor: string, department: string | null): Looker {
  if (department !== null) return { kind: 'department', id: department };
  if (actor === 'system') return { kind: 'machine' };
  if (actor === person.id) return { kind: 'self' };
  return { kind: city.subjectsOf(actor).length > 0 ? 'family' : 'staff' };
}
