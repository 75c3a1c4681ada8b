import { systemClock, systemRandom, hoursAfter } from '#adapters/clock/index.ts';
import { vaultOf } from '#adapters/store/index.ts';
import type { Vault } from '#adapters/store/index.ts';
import { tokenOf } from '#apps/server/token.ts';
import type { Bearer } from '#apps/server/token.ts';
import type { Caller, KnownResident, WorldTask } from './world.ts';

/** What is asked of a token: whose it is and whether it holds. */
export type BearerId = `token ${'own' | 'expired' | 'foreign' | 'audience' | 'altered' | 'clerk' | 'narrow' | 'elsewhere' | 'wider'}`;

const STAFF: Pick<Extract<Bearer, { kind: 'staff' }>, 'kind' | 'roles'> = { kind: 'staff', roles: ['case-officer'] };

/**
 * Everybody who could come with a token: a resident with a good one, the same past its time, sealed by another city, sealed for something
 * else and altered; and systems that work for a department, of the whole city, of one township, of none that has a task, and one
 * that says more than the account behind it has.
 */
export function bearersOf(vault: Vault, residents: readonly KnownResident[], tasks: readonly WorldTask[]): readonly Caller[] {
  const [resident] = residents;
  if (!resident) throw new Error('nobody lives here');
  const now = systemClock().now();
  const [later, before] = [hoursAfter(now, 24), hoursAfter(now, -1)];
  const person: Bearer = { kind: 'person', key: resident.key };
  const good = tokenOf(vault, person, later);
  const sealed = vault.seal(new TextEncoder().encode(JSON.stringify({ bearer: person, until: later })), 'typed\n/my');
  const tokens: readonly (readonly [BearerId, string, readonly string[]])[] = [
    ['token own', good, resident.subjects],
    ['token expired', tokenOf(vault, person, before), []],
    ['token foreign', tokenOf(vaultOf([new Uint8Array(32).fill(9)], systemRandom), person, later), []],
    ['token audience', `mst1.${Buffer.from(sealed).toString('base64url')}`, []],
    ['token altered', `${good.slice(0, -6)}AAAAAA`, []],
  ];
  const systems: readonly (readonly [BearerId, Extract<Bearer, { kind: 'staff' }>])[] = [
    ['token clerk', { ...STAFF, id: 'system-fisheries', department: 'fisheries', areas: [] }],
    ['token narrow', { ...STAFF, id: 'system-township', department: 'fisheries', areas: ['990101001'] }],
    ['token elsewhere', { ...STAFF, id: 'system-development', department: 'development', areas: ['990199'] }],
  ];
  // An account of the demonstration that has less than the token says: it is worth nothing.
  const wider: Bearer = { ...STAFF, id: 'fisheries-officer', department: 'development', areas: [] };
  const caller = (id: BearerId, token: string, mayName: Iterable<string>): Caller => ({ id, kind: 'nobody', cookie: '', token, staff: undefined, mayName: new Set(mayName) });
  return [
    ...tokens.map(([id, token, may]) => caller(id, token, may)),
    ...systems.map(([id, bearer]) => caller(id, tokenOf(vault, bearer, later), tasks.filter((task) => task.open && isWithin(bearer, task)).map(({ subject }) => subject))),
    caller('token wider', tokenOf(vault, wider, later), []),
  ];
}

/** Whoever sends a cookie that was altered or cut off is nobody. */
export function brokenCookies(callers: readonly Caller[]): readonly Caller[] {
  const found = callers.find(({ kind }) => kind === 'resident');
  if (!found) throw new Error('no resident is signed in');
  const broken = [`${found.cookie.slice(0, -4)}AAAA`, found.cookie.slice(0, 20), `${found.cookie}; ${found.cookie}x`.replace(/^session=[^;]*;/, 'session=x;')];
  return broken.map((cookie, at) => ({ id: `cookie ${at}`, kind: 'nobody', cookie, staff: undefined, mayName: new Set() }));
}

/** Of which department and area a task is, said here once more without the city: nobody of staff is told more. */
export function isWithin({ department, areas }: { readonly department: string; readonly areas: readonly string[] }, task: Pick<WorldTask, 'department' | 'area'>): boolean {
  return task.department === department && (areas.length === 0 || areas.some((area) => task.area.startsWith(area)));
}
