import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream, TASK_KINDS } from '#engine/casework/index.ts';
import { RETENTION_RULES } from '#engine/record/index.ts';
import { appendEvents, eraseDue, openAccessLog, openSession, readStream, vaultOf, verifyLog } from './index.ts';
import type { Append, Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const [LONG_AGO, LATELY, NOW] = ['2020-03-03T01:00:00.000Z', '2031-03-03T01:00:00.000Z', '2031-06-03T01:00:00.000Z'];
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);

describe.each(adapters)('what is kept on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, LONG_AGO);
    const remark = (type: string, subjectKey: string): Append => ({ stream: caseStream(type, subjectKey), subjectKey, householdKey: null, kind: 'remark', payload: { said: subjectKey } });
    const task = (type: string, subjectKey: string): Append => ({ ...remark(type, subjectKey), kind: 'task-opened', payload: { taskKind: TASK_KINDS[0], department: 'fishery', area: '9901', service: null, dueOn: '2031-03-31', dueCounted: 'calendar', about: null } });
    const say = (at: string, appends: readonly Append[]) => database.system('test', (session) => appendEvents(session, vault, appends, { at, actor: 'system', random }));
    await say(LONG_AGO, [remark('dispute', 'mia'), remark('dispute', 'noa'), task('dispute', 'noa'), remark('declaration', 'mia'), remark('mandate', 'mia'), remark('mandate', 'zoe'), remark('nets', 'mia')]);
    await say(LATELY, [remark('dispute', 'zoe')]);
    await openSession(database, vault, { kind: 'person', holder: 'mia', name: 'Mia' }, { now: LONG_AGO, random });
    await openSession(database, vault, { kind: 'person', holder: 'zoe', name: 'Zoe' }, { now: LATELY, random });
    await database.owner(async (session) => {
      await sql`insert into mandate (stream, number, sequence, subject_key, scope, until) values ('case/mandate/mia', 1, 1, 'mia', 'look', '2021-01-01'), ('case/mandate/zoe', 1, 1, 'zoe', 'look', '2032-01-01')`.execute(session);
      for (const [subject, at] of [['mia', LONG_AGO], ['zoe', NOW]] as const) {
        // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
        await sql`insert into voice_draft (subject_key, id, form, body, changed_at) values (${subject}, 'd', 1, ''::bytea, ${at}::timestamptz)`.execute(session);
      }
      for (const stream of ['dispute/mia', 'dispute/noa', 'dispute/zoe']) {
        // oxlint-disable-next-line no-await-in-loop -- as above
        await sql`insert into evidence (stream, number, subject_key, sha256, media_type, size, body) values (${`case/${stream}`}, 1, ${stream.slice(8)}, ${new Uint8Array(32)}, 'image/png', 1, ''::bytea)`.execute(session);
      }
    });
    for (const at of [LONG_AGO, LATELY]) {
      // oxlint-disable-next-line no-await-in-loop -- one shard after the other
      await openAccessLog(database, at.slice(0, 4), { now: () => at, random }).write([{ actor: 'mei', purpose: 'p', through: 't', about: { kind: 'subject', subjectKey: 'mia', householdKey: null }, columns: [] }]);
    }
  });
  afterAll(() => database.close());

  test('is removed when its time is over, and nothing that still holds, is open or must be kept; the chains stay whole', async () => {
    const due = { vault, at: NOW, random };
    const expected = [
      { data: 'access-looks', count: 1 }, { data: 'disputes', count: 2 }, { data: 'drafts', count: 1 }, { data: 'evidence', count: 1 }, { data: 'mandates', count: 1 }, { data: 'sessions', count: 1 },
    ];
    // Erasing a dispute takes what was shown in it along: counted before, it is counted by itself.
    expect(await eraseDue(database, { ...due, dryRun: true })).toEqual(expected);
    expect(await eraseDue(database, due)).toEqual(expected.filter(({ data }) => data !== 'evidence'));
    expect(await eraseDue(database, due)).toEqual([]);
    const said = async (type: string, subject: string) => (await database.system('test', (session) => readStream(session, vault, caseStream(type, subject))))[0]?.payload;
    expect(await Promise.all([said('dispute', 'mia'), said('declaration', 'mia'), said('mandate', 'mia')])).toEqual([undefined, undefined, undefined]);
    // An open task, a mandate that holds, a case in which money was decided, and what was said lately.
    expect(await Promise.all([said('dispute', 'noa'), said('mandate', 'zoe'), said('nets', 'mia'), said('dispute', 'zoe')])).toEqual([{ said: 'noa' }, { said: 'zoe' }, { said: 'mia' }, { said: 'zoe' }]);
    const rows = async (table: string, column: string) => (await database.system('test', (session) => sql<{ of: string }>`select ${sql.ref(column)} as of from ${sql.table(table)} order by 1`.execute(session))).rows.map(({ of }) => of);
    expect([await rows('session', 'holder'), await rows('voice_draft', 'subject_key'), await rows('evidence', 'subject_key'), await rows('mandate', 'subject_key')]).toEqual([['zoe'], ['zoe'], ['noa', 'zoe'], ['zoe']]);
    expect(await database.system('test', (session) => verifyLog(session, vault))).toMatchObject({ faults: [], erased: 4 });
  });

  test('of looks at somebody’s data is three years at least, whatever code asks for', async () => {
    await expect(database.system('test', (session) => sql`select minsheng.forget_looks(now() - interval '2 years')`.execute(session))).rejects.toMatchObject({ code: '42501' });
    await expect(database.system('test', (session) => sql`delete from access_log`.execute(session))).rejects.toMatchObject({ code: '42501' });
    await expect(database.read({ kind: 'person', id: 'mia', subjects: ['mia'] }, 'test', (session) => sql`select minsheng.forget_looks(now() - interval '4 years')`.execute(session))).rejects.toMatchObject({ code: '42501' });
  });

  test('stands in the table of retention, every table that only some may read', async () => {
    const { rows } = await database.owner((session) => sql<{ name: string }>`select relname as name from pg_class where relrowsecurity and relkind = 'r'`.execute(session));
    const named = RETENTION_RULES.flatMap(([, { where }]) => where);
    expect(rows.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => !name.startsWith('data/') && !rows.some((row) => row.name === name))).toEqual([]);
  });
});
