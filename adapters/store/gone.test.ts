import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Acting } from '#engine/entitlement/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { actOnRun, appendEvents, freeGrant, lookForMissing, readGrants, vaultOf } from './index.ts';
import type { Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const pack = loadPack(packFiles('lantern-bay')).pack;
const [respondBy, dueOn] = [parseDate('2031-06-20'), parseDate('2031-06-15')];
if (!pack || !respondBy || !dueOn) throw new Error('the town does not load');
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const SERVICE = 'closed-season-grant';
const acting = (run: string, asOf: number): Acting => ({ pack, run, asOf, respondBy, dueOn });

// One story: each test goes on from where the one before it left the town.
for (const [name, open] of adapters) describe(`whom a register has lost, on ${name}`, { shuffle: false }, () => {
  let database: Database;
  let there = new Set(['ada', 'bo']);
  const door = (at = '2031-06-01T08:00:00.000Z') => ({ database, vault, by: { at, actor: 'system', random } });
  const look = (run: string, asOf: number, at?: string) => lookForMissing(door(at), acting(run, asOf), (subject) => there.has(subject));
  const grantOf = async (subject: string) => (await database.system('test', (session) => readGrants(session, [{ service: SERVICE, subject }]))).get(`${SERVICE}\n${subject}`)?.grant;
  const tasks = () => database.system('test', (session) => session.selectFrom('task').select(['subject_key', 'kind', 'department', 'area', 'state', 'number']).orderBy('subject_key').orderBy('number').execute());
  const notices = async (subject: string) => (await database.system('test', (session) => session.selectFrom('notice').select('template').where('subject_key', '=', subject).orderBy('number').execute())).map(({ template }) => template);
  const finds = async (subject: string, outcome: string, at: string) => {
    const [task] = (await tasks()).filter(({ subject_key: key, state }) => key === subject && state !== 'done');
    await database.system('test', (session) => appendEvents(session, vault, [{ stream: caseStream(SERVICE, subject), subjectKey: subject, householdKey: null, kind: 'task-completed', payload: { task: task?.number ?? 0, outcome, reason: 'asked the village' } }], { at, actor: 'mei', random }));
  };

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    await actOnRun(door(), acting('may', 20310501), [['ada', 'bo'].map((subject) => ({
      change: { service: SERVICE, subject: 'person', row: 0, kind: 'new' as const, wasFen: undefined, isFen: 80_000, clause: undefined },
      key: { service: SERVICE, subject }, household: null, areas: { registered: '990101', resident: '990101' }, unplaced: {}, standing: 'good' as const, fact: '',
    }))]);
  });
  afterAll(() => database.close());

  test('as long as everybody is there nothing happens', async () => {
    expect(await look('june', 20310601)).toEqual({ asked: 0, ended: 0, freed: 0 });
    expect(await tasks()).toEqual([]);
  });

  test('whoever is missed is told, the money waits, and the department of the service looks for them; once', async () => {
    there = new Set();
    expect(await look('june', 20310601)).toEqual({ asked: 2, ended: 0, freed: 0 });
    expect(await look('june', 20310601)).toEqual({ asked: 0, ended: 0, freed: 0 });
    expect((await grantOf('ada'))?.held).toBe('not-in-register');
    expect((await tasks()).map(({ subject_key: subject, kind, area, state }) => [subject, kind, area, state])).toEqual([['ada', 'whereabouts', '990101', 'open'], ['bo', 'whereabouts', '990101', 'open']]);
    expect((await notices('ada')).at(-1)).toBe('notice.whereabouts');
    // Putting an account right does not find anybody.
    expect(await freeGrant(door(), { service: SERVICE, subject: 'ada' })).toBe(false);
  });

  test('of two who were looked for one has left and one has not', async () => {
    await finds('ada', 'left', '2031-06-10T08:00:00.000Z');
    await finds('bo', 'still-here', '2031-06-10T08:00:00.000Z');
    expect(await look('july', 20310701, '2031-07-01T08:00:00.000Z')).toEqual({ asked: 0, ended: 1, freed: 1 });
    expect((await grantOf('ada'))?.steps.at(-1)).toEqual({ from: 203108 });
    expect((await grantOf('bo'))?.held).toBeUndefined();
    expect((await notices('ada')).at(-1)).toBe('notice.ended-left');
    expect(await look('july', 20310701, '2031-07-01T09:00:00.000Z')).toEqual({ asked: 0, ended: 0, freed: 0 });
  });

  test('a finding that somebody is here is good for three months, and a register that has them again settles it', async () => {
    expect(await look('september', 20310901, '2031-09-01T08:00:00.000Z')).toMatchObject({ asked: 0 });
    expect(await look('october', 20311001, '2031-10-01T08:00:00.000Z')).toMatchObject({ asked: 1, ended: 0 });
    there = new Set(['bo']);
    expect(await look('november', 20311101, '2031-11-01T08:00:00.000Z')).toEqual({ asked: 0, ended: 0, freed: 1 });
    expect((await tasks()).filter(({ state }) => state !== 'done')).toEqual([]);
  });
});
