import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import type { Principal } from '#engine/ports.ts';
import { appendEvents, hasWorkedOn, readStream, readTask, vaultOf } from './index.ts';
import type { Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters } from './testing.ts';

const NOW = '2031-03-03T08:00:00.000Z';
let given = 0;
const random = (bytes: number): Uint8Array => { const drawn = new Uint8Array(bytes); new DataView(drawn.buffer).setUint32(0, ++given); return drawn; };
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const person = (id: string, ...subjects: string[]): Extract<Principal, { kind: 'person' }> => ({ kind: 'person', id, subjects: [id, ...subjects] });
const staff = (id: string, department: string, role: string): Extract<Principal, { kind: 'staff' }> => ({ kind: 'staff', id, department, areas: [], roles: [role] });
const [mia, noa] = [person('mia', 'home-1'), person('noa')];
const [ping, gong] = [staff('ping', 'town-hall', 'case-officer'), staff('gong', 'town-hall', 'department-head')];
/** Was with the fishery when the case was decided, and is with the organ now. */
const lin = staff('lin', 'town-hall', 'case-officer');
const mei = staff('mei', 'fishery', 'case-officer');
const stream = caseStream('reconsideration', 'mia');
const limit = { area: '990101', service: 'nets', dueOn: '2031-03-10', dueCounted: 'calendar' };

// In this order: an application goes on, and each test starts from where the one before has left it.
describe('a reconsideration', { shuffle: false }, () => {
describe.each(adapters)('who may say what in it on %s', (_, open) => {
  let database: Database;
  const append = (who: Principal, ...events: readonly (readonly [kind: string, payload: Json])[]) => database.write(who, 'test', (session) => appendEvents(session, vault, events.map(([kind, payload]) => ({ stream, subjectKey: 'mia', householdKey: 'home-1', kind, payload })), { at: NOW, actor: who.id, random }));
  const opened = (taskKind: string, department: string) => ['task-opened', { taskKind, department, ...limit, about: { reconsideration: 1 } }] as const;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    // The case that is challenged is one of the household; who worked on it is in its log.
    await database.system('test', (session) => appendEvents(session, vault, [{ stream: caseStream('nets', 'home-1'), subjectKey: 'home-1', householdKey: 'home-1', kind: 'task-opened', payload: { taskKind: 'review', department: 'fishery', ...limit, about: null } }], { at: NOW, actor: 'system', random }));
    await database.write({ ...lin, department: 'fishery' }, 'test', (session) => appendEvents(session, vault, [{ stream: caseStream('nets', 'home-1'), subjectKey: 'home-1', householdKey: 'home-1', kind: 'task-claimed', payload: { task: 1 } }], { at: NOW, actor: 'lin', random }));
    await append(mia, ['reconsideration-begun', {}], opened('reconsideration-intake', 'town-hall'), ['reconsideration-sent', {}]);
  });
  afterAll(() => database.close());

  test('the applicant and the organ read it; another person and the department that decided do not, before it is accepted', async () => {
    const read = async (who: Principal): Promise<readonly [number, boolean]> => database.read(who, 'test', async (session) => [(await readStream(session, vault, stream)).length, (await readTask(session, { stream, number: 2 })) !== undefined]);
    expect([await read(mia), await read(ping), await read(noa), await read(mei)]).toEqual([[3, true], [3, true], [0, false], [0, false]]);
  });

  test('whoever worked on the case of the household is told so, and nobody else learns anything of it', async () => {
    const worked = (who: Principal) => database.read(who, 'test', (session) => hasWorkedOn(session, stream));
    expect([await worked(lin), await worked(ping), await worked(mei)]).toEqual([true, false, false]);
    await expect(append(lin, ['reconsideration-not-accepted', {}])).rejects.toThrow('row-level security');
  });

  test('each step is the word of whoever has the task for it, and of nobody else', async () => {
    for (const kind of ['reconsideration-accepted', 'reconsideration-decided', 'reconsideration-extended', 'reconsideration-replied']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(append(mia, [kind, {}])).rejects.toThrow('row-level security');
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(append(mei, [kind, {}])).rejects.toThrow('row-level security');
    }
    await expect(append(ping, ['reconsideration-decided', {}])).rejects.toThrow('row-level security');
    await append(ping, opened('reconsideration-decision', 'town-hall'), opened('reconsideration-reply', 'fishery'), ['reconsideration-accepted', {}], ['task-completed', { task: 2, outcome: 'accepted', reason: null }]);
    await expect(append(ping, ['reconsideration-accepted', {}])).rejects.toThrow('row-level security');
    await expect(append(ping, ['reconsideration-replied', {}])).rejects.toThrow('row-level security');
    await expect(append(mei, ['reconsideration-decided', {}])).rejects.toThrow('row-level security');
    await append(mei, ['reconsideration-replied', {}]);
  });

  test('more time is given by the head, and the decision by anybody of the organ who has not worked on it', async () => {
    await expect(append(ping, ['reconsideration-extended', {}])).rejects.toThrow('row-level security');
    await append(gong, ['reconsideration-extended', {}]);
    await expect(append(lin, ['reconsideration-decided', {}])).rejects.toThrow('row-level security');
    await append(ping, ['reconsideration-decided', {}]);
  });
});
});
