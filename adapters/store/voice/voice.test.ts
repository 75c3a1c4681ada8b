import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import type { DraftWorld, Given, Saying, VoiceRefusal } from '#engine/voice/index.ts';
import { RULES, saying } from '#engine/voice/testing.ts';
import type { Database, Session } from '../index.ts';
import { answerComplaint, appendEvents, checkMatter, claimMatter, contactsOf, correctRating, countVoice, draftPhoto, dropOldDrafts, erasePayloads, followVoice, handOverMatter, judgeMatter, keepDraft, keepDraftPhoto, matterForStaff, matterOf, mattersOf, openTasks, photoOf, rateContact, readDraft, readStream, rebuildReadModels, restoreArchive, sayFirstWord, sendDraft, vaultOf, verifyLog, writeArchive } from '../index.ts';
import { migrate } from '../migrate.ts';
import { adapters, countedRandom } from '../testing.ts';
import type { Person, Staff, VoiceDoor } from './index.ts';

const NOW = '2031-09-01T01:00:00.000Z';
const vault = vaultOf([new Uint8Array(32).fill(1)], countedRandom());
// Numbers of matters must differ in every byte that is looked at.
let given = 0;
const random = (bytes: number): Uint8Array => { given += 1; return Uint8Array.from({ length: bytes }, (_, at) => (given >> (at * 3)) & 255); };

const person = (id: string): Person => ({ kind: 'person', id, subjects: [id, `home-of-${id}`] });
const [mia, noa] = [person('mia'), person('noa')];
const staff = (id: string, department: string, ...areas: string[]): Staff => ({ kind: 'staff', id, department, areas, roles: ['case-officer'] });
const [mei, bo, zed, lin] = [staff('mei', 'fisheries'), staff('bo', 'fisheries'), staff('zed', 'development'), staff('lin', 'school')];
const world: DraftWorld = { rules: RULES, isDivision: (code) => code === '990101', isService: (id) => id === 'nets' };
const bad: Given = { level: 'very-dissatisfied', reasons: ['slow'], words: '等了三个月，𠮷', reach: null };
const whole = { kind: 'complaint', about: 'category:catch', place: { area: '990101', detail: '三号码头' }, words: '补助还没到𠮷<script>', photo: null, reach: null } as const;
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0xd9]);

describe.each(adapters)('what residents say on %s', (_, open) => {
  let database: Database;
  const door = (today?: string): VoiceDoor => ({ database, vault, random, now: NOW, saying: saying(today) as Saying });
  const as = <T>(who: Person | Staff, ask: (session: Session) => Promise<T>) => database.read(who, 'test', ask);
  const contacts = (who: Person) => as(who, (session) => contactsOf(session, who.subjects, 'Asia/Shanghai', () => 'fisheries'));
  const mine = (who: Person) => as(who, (session) => mattersOf(session, vault));

  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    const granted = (id: string) => { const about = { stream: caseStream('nets', id), subjectKey: id, householdKey: null }; return [{ ...about, kind: 'grant-set', payload: {} }, { ...about, kind: 'notice-given', payload: { noticeKind: 'granted', template: 'notice.granted', values: {}, service: 'nets', respondBy: null, channels: [] } }]; };
    await database.system('test', async (session) => {
      await appendEvents(session, vault, ['mia', 'noa', 'kim', 'pat'].flatMap(granted), { at: NOW, actor: 'system', random });
      for (const id of ['mia', 'noa', 'kim', 'pat']) await sql`insert into ledger_line (service, subject_key, period, payer, kind, amount_fen, cause, booked_at) values ('nets', ${id}, 203108, 'city', 'paid', -80000, 'batch/b1', ${NOW}), ('nets', ${id}, 203108, 'county:990101', 'paid', -1, 'batch/b1', ${NOW}), ('nets', ${id}, 203107, 'city', 'paid', -80000, 'batch/b0', ${NOW})`.execute(session);
    });
  });
  afterAll(() => database.close());

  /** Rates what was granted badly; gives the number of what follows. */
  async function rateBadly(who: Person): Promise<string> {
    const contact = (await contacts(who)).find(({ key }) => key.kind === 'grant');
    const rated = contact && await rateContact(door(), who, contact, bad);
    if (rated?.kind !== 'rated' || rated.matter === undefined) throw new Error(JSON.stringify(rated));
    return rated.matter;
  }
  async function complain(who: Person, answers: object = {}): Promise<string> {
    await keepDraft(door(), who, { ...whole, ...answers });
    const draft = await as(who, (session) => readDraft(session, vault, who, world));
    const sent = await sendDraft(door(), who, draft?.id ?? '', world, () => undefined);
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    return sent.matter;
  }
  const ok = (refusal: VoiceRefusal | undefined) => expect(refusal).toBeUndefined();

  test('one contact for what happened once: a grant with its notice, each payment whoever paid', async () => {
    expect((await contacts(mia)).map(({ key: { kind }, service, on }) => [kind, service, on])).toEqual([['grant', 'nets', '2031-09-01'], ['payment', 'nets', '2031-09-01'], ['payment', 'nets', '2031-09-01']]);
  });

  test('a bad rating is a task of the rated department, and nothing of it says who rated', async () => {
    const id = await rateBadly(mia);
    expect(await rateBadly(mia)).toBe(id);
    const seen = await as(mei, async (session) => ({
      tasks: await openTasks(session, { limit: 50 }), stream: await readStream(session, vault, `case/matter/${id}`), own: await readStream(session, vault, 'case/voice/mia'),
      rows: (await Promise.all(['log_entry', 'log_payload', 'task', 'notice', 'outbox', 'voice_matter', 'voice_rating', 'voice_link', 'voice_photo', 'voice_draft', 'benefit_grant', 'ledger_line'].map((table) => sql`select * from ${sql.table(table)}`.execute(session).then(({ rows }) => rows)))).flat(),
    }));
    expect(seen.tasks.filter((task) => task.subjectKey === id)).toMatchObject([{ kind: 'rating', department: 'fisheries', service: 'nets', householdKey: null, area: '' }]);
    expect(seen.stream.map(({ kind, actor }) => [kind, actor])).toEqual([['matter-raised', 'resident'], ['task-opened', 'resident']]);
    expect(seen.own).toEqual([]);
    // Every row that the rated department sees of every table, with the bytes as they are and the payloads opened.
    expect(JSON.stringify([seen.rows, seen.stream, seen.tasks])).not.toContain('mia');
    expect(await matterForStaff(door(), mei, id)).toMatchObject({ kind: 'rating', level: 'very-dissatisfied', words: bad.words, reach: null });
    for (const other of [zed, lin, staff('x', 'fisheries', '9901')]) expect([await matterForStaff(door(), other, id), (await as(other, (session) => openTasks(session, { limit: 9 }))).filter((task) => task.subjectKey === id)]).toEqual([undefined, []]);
  });

  test('is nobody else’s: neither seen, changed nor judged by another resident', async () => {
    const id = await complain(mia);
    expect([await as(noa, (session) => matterOf(session, vault, id)), (await mine(noa)).map((one) => one.id).includes(id)]).toEqual([undefined, false]);
    expect(await judgeMatter(door(), noa, id, { solved: true, reason: '' })).toEqual({ kind: 'matter-unknown' });
    expect(await sendDraft(door(), noa, id, world, () => undefined)).toEqual({ kind: 'draft-incomplete' });
    // Below the commands: neither an entry on the stream, nor a link to it, nor its picture.
    const forged = { stream: `case/matter/${id}`, subjectKey: id, householdKey: null, kind: 'matter-judged', payload: { solved: true, reason: '', on: '2031-09-01' } };
    for (const [who, actor] of [[noa, 'resident'], [noa, 'noa'], [mei, 'resident'], [lin, 'lin'], [mia, 'mia']] as const) {
      await expect(database.write(who, 'test', (session) => appendEvents(session, vault, [forged], { at: NOW, actor, random })), actor).rejects.toMatchObject({ code: '42501' });
    }
    const link = JSON.stringify([{ id: 'zzzzzzzzzz', subject_key: 'mia', sequence: 1 }]);
    await expect(database.write(noa, 'test', (session) => sql`select minsheng.put_voice_links((${link}::text)::jsonb)`.execute(session))).rejects.toMatchObject({ code: '42501' });
    for (const table of ['voice_link', 'voice_rating', 'voice_matter', 'voice_photo']) for (const who of [mia, mei]) await expect(database.write(who, 'test', (session) => sql`delete from ${sql.table(table)}`.execute(session)), table).rejects.toMatchObject({ code: '42501' });
  });

  test('answered is not solved: the resident says no, it is open again, and solved when they say yes', async () => {
    const kim = person('kim');
    const id = await rateBadly(kim);
    ok(await claimMatter(door(), mei, id));
    const contact = (await contacts(kim)).find(({ key }) => key.kind === 'grant');
    expect(contact && await rateContact(door(), kim, contact, { ...bad, level: 'satisfied' })).toEqual({ kind: 'rating-acted-on' });
    expect(await sayFirstWord(door(), bo, id, '收到')).toEqual({ kind: 'task-claimed', by: 'mei' });
    ok(await sayFirstWord(door(), mei, id, '正在查'));
    expect(await answerComplaint(door(), mei, id, '改了')).toEqual({ kind: 'matter-unknown' });
    ok(await correctRating(door(), mei, id, '已经补发，流程也改了'));
    // Done: the department sees nothing of it any more, and the resident is told.
    expect(await matterForStaff(door(), mei, id)).toBeUndefined();
    const notices = await as(kim, (session) => session.selectFrom('notice').select(['kind', 'template']).where('stream', '=', 'case/voice/kim').execute());
    expect(notices).toEqual([{ kind: 'answered', template: 'notice.answered' }]);
    ok(await judgeMatter(door(), kim, id, { solved: false, reason: '还是没到' }));
    expect(await matterForStaff(door(), mei, id)).toMatchObject({ state: { kind: 'working' }, reopened: 1, steps: expect.arrayContaining([expect.objectContaining({ kind: 'unsolved', words: '还是没到' })]) });
    ok(await correctRating(door(), mei, id, '真的到了'));
    ok(await judgeMatter(door(), kim, id, { solved: true, reason: '' }));
    expect(await as(kim, (session) => matterOf(session, vault, id))).toMatchObject({ state: { kind: 'solved', by: 'resident' }, reopened: 1 });
  });

  test('is handed over with its limit, and checked by a department that did not answer where the resident is silent', async () => {
    const id = await complain(noa, { words: '路灯坏了' });
    ok(await handOverMatter(door(), mei, id, { department: 'school', area: '', reason: '在校门口' }));
    expect([await matterForStaff(door(), mei, id), await matterForStaff(door(), lin, id)]).toEqual([undefined, expect.objectContaining({ task: expect.objectContaining({ department: 'school', dueOn: '2031-09-08' }) })]);
    ok(await answerComplaint(door(), lin, id, '修好了'));
    await followVoice(door('2031-09-15'));
    expect(await matterForStaff(door(), zed, id)).toBeUndefined();
    await followVoice(door('2031-09-16'));
    await followVoice(door('2031-09-16'));
    expect((await as(zed, (session) => openTasks(session, { limit: 9 }))).filter(({ subjectKey }) => subjectKey === id).map(({ kind }) => kind)).toEqual(['solved-check']);
    ok(await checkMatter(door('2031-09-17'), zed, id, { solved: false, words: '还是黑的' }));
    expect(await matterForStaff(door(), lin, id)).toMatchObject({ state: { kind: 'working' }, reopened: 1, task: { dueOn: '2031-09-24' } });
    ok(await answerComplaint(door('2031-09-18'), lin, id, '换了灯'));
    ok(await judgeMatter(door('2031-09-19'), noa, id, { solved: true, reason: '' }));
  });

  test('a draft is there again on another device, is one’s own alone, and is gone once sent; sent twice it is there once', async () => {
    const eva = person('eva');
    await keepDraft(door(), eva, { kind: 'complaint', words: '写到一半𠮷' });
    const draft = (who: Person) => as(who, (session) => readDraft(session, vault, who, world));
    expect(await draft(eva)).toMatchObject({ kind: 'draft', answers: { words: '写到一半𠮷' } });
    expect(await draft(mia)).toBeUndefined();
    for (const who of [mia, mei]) expect(await as(who, (session) => session.selectFrom('voice_draft').select('id').execute())).toEqual([]);
    const sealed = await database.owner((session) => sql<{ body: string }>`select encode(body, 'escape') as body from voice_draft`.execute(session));
    expect(JSON.stringify(sealed.rows)).not.toContain('words');
    const { id } = (await draft(eva)) ?? { id: '' };
    expect(await sendDraft(door(), eva, id, world, () => undefined)).toEqual({ kind: 'draft-incomplete' });
    await keepDraft(door(), eva, whole);
    const both = await Promise.all([sendDraft(door(), eva, id, world, () => undefined), sendDraft(door(), eva, id, world, () => undefined)]);
    expect(both).toEqual([{ kind: 'sent', matter: id }, { kind: 'sent', matter: id }]);
    expect([await draft(eva), (await mine(eva)).map(({ words }) => words)]).toEqual([undefined, ['补助还没到𠮷<script>']]);
  });

  test('a draft of another form is refused with its words, and one that lies too long goes', async () => {
    const ida = person('ida');
    await keepDraft(door(), ida, whole);
    await database.write(ida, 'test', (session) => session.updateTable('voice_draft').set({ form: 99 }).where('subject_key', '=', 'ida').execute());
    expect(await as(ida, (session) => readDraft(session, vault, ida, world))).toMatchObject({ kind: 'outdated', words: whole.words });
    expect(await database.system('test', (session) => dropOldDrafts(session, '2031-09-30T01:00:00.000Z'))).toBe(0);
    expect(await database.system('test', (session) => dropOldDrafts(session, '2031-10-02T01:00:00.000Z'))).toBe(1);
  });

  test('a picture is kept sealed with the draft, then with the matter, for the resident and the department that has it', async () => {
    const ada = person('ada');
    expect(await keepDraftPhoto(door(), ada, new TextEncoder().encode('<svg/>'), world)).toEqual({ kind: 'photo-other-kind' });
    expect(await keepDraftPhoto(door(), ada, JPEG, world)).toBeUndefined();
    expect(await as(ada, (session) => draftPhoto(session, vault, ada, world))).toEqual({ media: 'image/jpeg', bytes: JPEG });
    const kept = await as(ada, (session) => readDraft(session, vault, ada, world));
    const id = await complain(ada, kept?.kind === 'draft' ? { photo: kept.answers.photo } : {});
    const photo = (who: Person | Staff) => as(who, (session) => photoOf(session, vault, id));
    expect(await Promise.all([photo(ada), photo(mei)])).toEqual([{ media: 'image/jpeg', bytes: JPEG }, { media: 'image/jpeg', bytes: JPEG }]);
    expect(await Promise.all([photo(mia), photo(zed), photo(staff('x', 'fisheries', '9902'))])).toEqual([undefined, undefined, undefined]);
    ok(await answerComplaint(door(), mei, id, '好了'));
    expect([await photo(mei), (await photo(ada))?.media]).toEqual([undefined, 'image/jpeg']);
  });

  test('counts by department, without anybody, and makes it all again from the log', async () => {
    await rateBadly(person('pat'));
    const counted = await database.system('test', countVoice);
    expect(counted.ratings).toEqual([{ month: '2031-09', department: 'fisheries', service: 'nets', levels: { 'very-satisfied': 0, satisfied: 0, fair: 0, dissatisfied: 0, 'very-dissatisfied': expect.any(Number) } }]);
    const tables = (session: Session) => Promise.all(['voice_link', 'voice_rating', 'voice_matter'].map(async (table) => (await sql`select * from ${sql.table(table)} order by 1, 2`.execute(session)).rows));
    const before = await database.system('test', tables);
    await database.owner((session) => sql`update voice_matter set state = 'solved'`.execute(session));
    await rebuildReadModels(database, vault);
    expect(await database.system('test', tables)).toEqual(before);
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
  });

  test('is in an archive, and what is erased stays forgotten', async () => {
    const [copy, ola] = [await open(), person('ola')];
    await migrate(copy, NOW);
    const id = await complain(ola);
    ok(await answerComplaint(door(), mei, id, '好了'));
    expect(await restoreArchive(copy, (await writeArchive(database, NOW)).bytes)).toHaveProperty('rows');
    // The ledger goes on after the last line that was restored.
    await copy.system('test', (session) => sql`insert into ledger_line (service, subject_key, period, payer, kind, amount_fen, cause, booked_at) values ('nets', 'mia', 203109, 'city', 'due', 1, 'book/203109', ${NOW})`.execute(session));
    expect((await copy.read(ola, 'test', (session) => mattersOf(session, vault))).map((one) => one.id)).toEqual([id]);
    await copy.close();
    expect(await database.system('test', (session) => erasePayloads(session, vault, ['case/voice/ola', `case/matter/${id}`], { at: NOW, actor: 'system', random, reason: 'asked for' }))).toBeGreaterThan(0);
    await rebuildReadModels(database, vault);
    expect(await mine(ola)).toEqual([]);
  }, 60_000);
});
