import { loadPopulation } from '#apps/server/demo-release.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { appendEvents, openStore, openVault } from '#adapters/store/index.ts';
import type { Append, Vault } from '#adapters/store/index.ts';
import { caseStream, TASK_KINDS } from '#engine/casework/index.ts';
import { openCity } from '#engine/city.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Staff, TaskPlace } from '#engine/permission/index.ts';
import { bearersOf, brokenCookies, isWithin } from './bearers.ts';
import { browse } from '../browse.ts';
import { runCli, spawnCity } from '../spawn-cli.ts';
import type { Environment, SpawnedCity } from '../spawn-cli.ts';

export const SERVICE = 'closed-season-grant';
const TODAY = '2031-03-03';
const NOW = '2031-03-01T00:00:00.000Z';
const RESIDENTS = 1_500;
const TASKS = 80;

/** Somebody who sends requests, with what may be told them about people. */
export interface Caller {
  readonly id: string;
  readonly kind: 'nobody' | 'resident' | 'staff';
  /** What their browser sends; empty: nothing. */
  readonly cookie: string;
  /** The bearer token that they send; undefined: none. */
  readonly token?: string | undefined;
  readonly staff: Staff | undefined;
  /** The keys of people and groups that answers to them may name. */
  readonly mayName: ReadonlySet<string>;
}

/** A task of the world, by whom it is about. */
export interface WorldTask extends TaskPlace {
  readonly subject: string;
}

/** A resident of the made-up pack's list, by their key; `subjects`: whom they may be told of. */
export interface KnownResident {
  readonly id: string;
  readonly key: string;
  readonly subjects: readonly string[];
}

/** A running city in which each resident has a word that stands nowhere else, in a case and in a notice, and everybody who could ask. */
export interface AccessWorld {
  readonly city: SpawnedCity;
  readonly callers: readonly Caller[];
  /** Whoever asks with a bearer token, or with the cookie of a session that is not theirs to use. */
  readonly bearers: readonly Caller[];
  readonly tasks: readonly WorldTask[];
  /** Ids that addresses may hold. */
  readonly ids: readonly string[];
  readonly people: readonly string[];
}

/** The word of a resident: whoever reads it has read what is theirs. */
export const wordOf = (key: string): string => `隐${key.replace(/\D/g, '').padStart(5, '0')}语`;

export async function openAccessWorld(place: Environment): Promise<AccessWorld> {
  const there = { ...place, MINSHENG_TODAY: TODAY };
  const demo = await runCli(['demo', '--residents', String(RESIDENTS)], there);
  if (demo.code !== 0) throw new Error(demo.err);
  const tasks = tasksOf();
  const vault = await seed(there, tasks);
  const known = knownIn(there);
  const city = await spawnCity(there);
  const callers: Caller[] = [{ id: 'nobody', kind: 'nobody', cookie: '', staff: undefined, mayName: new Set() }];
  for (const { id, subjects } of known.residents) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    callers.push({ id, kind: 'resident', cookie: await cookieBy(city, '/sign-in', id), staff: undefined, mayName: new Set(subjects) });
  }
  for (const staff of known.staff) {
    // What the table says, and never more than a department and an area have, whatever the table says.
    const theirs = tasks.filter((task) => isWithin(staff, task) && may(staff, 'task.read', { of: 'task', task })).map(({ subject }) => subject);
    // oxlint-disable-next-line no-await-in-loop -- as above
    callers.push({ id: staff.id, kind: 'staff', cookie: await cookieBy(city, '/staff/sign-in', staff.id), staff, mayName: new Set(theirs) });
  }
  return { city, callers, bearers: [...bearersOf(vault, known.residents, tasks), ...brokenCookies(callers)], tasks, ids: known.ids, people: Array.from({ length: RESIDENTS }, (_, index) => `person-${index}`) };
}

/** Every department, area, kind and state of a task, about one resident each. */
function tasksOf(): readonly WorldTask[] {
  const areas = ['', '990101', '990122', '990101001'];
  return Array.from({ length: TASKS }, (_, at): WorldTask => ({
    subject: `person-${at}`, department: at % 2 === 0 ? 'fisheries' : 'development', area: areas[Math.floor(at / 2) % areas.length] ?? '', kind: TASK_KINDS[Math.floor(at / 8) % TASK_KINDS.length] ?? 'review', open: at < TASKS - 16,
  }));
}

async function seed(place: Environment, tasks: readonly WorldTask[]): Promise<Vault> {
  const location = { folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] };
  const opening = await openStore(location, NOW);
  const vaulting = openVault({ ...location, keys: undefined, file: 'make' }, systemRandom);
  if (opening.kind !== 'open' || vaulting.kind !== 'vault') throw new Error('the store of the place does not open');
  const about = (key: string): Pick<Append, 'stream' | 'subjectKey' | 'householdKey'> => ({ stream: caseStream(SERVICE, key), subjectKey: key, householdKey: null });
  const appends = [
    ...tasks.flatMap(({ subject, department, area, kind, open }): readonly Append[] => [
      { ...about(subject), kind: 'task-opened', payload: { taskKind: kind, department, area, service: SERVICE, dueOn: '2031-03-31', dueCounted: 'calendar', about: { because: wordOf(subject) } } },
      ...(open ? [] : [{ ...about(subject), kind: 'task-completed', payload: { task: 1, outcome: 'settled', reason: wordOf(subject) } }]),
    ]),
    ...Array.from({ length: RESIDENTS }, (_, index): Append => ({ ...about(`person-${index}`), kind: 'notice-given', payload: { noticeKind: 'decision', template: 'notice.checking', values: { service: wordOf(`person-${index}`) }, service: SERVICE, respondBy: null, channels: [] } })),
  ];
  await opening.database.system('a world to be asked', (session) => appendEvents(session, vaulting.vault, appends, { at: NOW, actor: 'system', random: systemRandom }));
  await opening.database.close();
  return vaulting.vault;
}

/** Who is whom in the city that will run, read from its pack and its people. */
function knownIn(place: Environment): { readonly residents: readonly KnownResident[]; readonly staff: readonly Staff[]; readonly ids: readonly string[] } {
  const [reading, today] = [readPack(place['MINSHENG_PACK'] ?? ''), parseDate(TODAY)];
  if (reading.kind !== 'pack' || !today) throw new Error('the pack does not load');
  const where = { folder: place['MINSHENG_DATA'] ?? '', mode: 'demo' as const };
  const sealing = openSealing({ ...where, keys: undefined }, reading.pack, 'read');
  if (isRefused(sealing)) throw new Error('the people of the place do not open');
  const population = loadPopulation({ ...where, sealing }, reading.linked.rules, systemClock(today));
  const { pack } = reading;
  const city = openCity({ ...reading.linked, pack, findings: [], diagnostics: [], mode: 'demo', today, release: { digest: '', activatedAt: NOW }, population });
  return {
    // Their own subjects, and the children whom they look after.
    residents: [...city.personas()].map(([{ id }, key]) => ({ id, key, subjects: [...city.subjectsOf(key), ...city.wardsOf(key).wards.map((ward) => ward.key)] })),
    staff: [...pack.staff.values()].map(({ id, department, areas, roles }) => ({ kind: 'staff', id, department, areas, roles })),
    ids: [...pack.services.keys(), ...pack.indicators.keys(), ...pack.events.keys(), ...pack.divisions.keys(), ...pack.departments.keys(), ...pack.staff.keys()],
  };
}

async function cookieBy({ url }: SpawnedCity, path: string, as: string): Promise<string> {
  const browser = browse(url);
  await browser.post(path, { as, to: path === '/sign-in' ? '/my' : '/console' });
  const cookie = browser.set.findLast((one) => one.startsWith('session='))?.split(';')[0];
  if (cookie === undefined) throw new Error(`${as} is not signed in`);
  return cookie;
}
