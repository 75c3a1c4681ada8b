import { describe, expect, test } from 'vitest';
import type { LogRecord } from '#engine/casework/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { LANE, linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { checksOpenIn, correctionsOf, correctionsOfDeclared, declaredIn, disputesIn, evidenceName, evidenceTypeOf, missingIn, MOST_EVIDENCE_BYTES, readEvidence, readTyped, readWhy, sightOfFacts, statedOf, usedBy, valueOfStated } from './index.ts';
import type { Typed } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('lantern-bay does not load');
const { book } = linkRules(pack);
const { schema } = book.vocabulary;
const factOf = (id: string) => schema.facts.get(id) ?? (() => { throw new Error(id); })();
const typed = (change: Partial<Typed>): Typed => ({ v: '', n: '', y: '', m: '', d: '', ...change });
const read = (fact: string, change: Partial<Typed>) => readTyped(schema, factOf(fact), typed(change));

describe('what somebody types', () => {
  test.each([
    ['a sum with commas and the sign of money', 'person.month-income', { n: '￥1,200.5 元' }, { is: 'value', text: '1200.50' }],
    ['a day in full-width digits', 'person.birth-date', { y: '１９５６', m: '3', d: '8' }, { is: 'value', text: '1956-03-08' }],
    ['a choice by its code', 'person.fisher-grade', { v: '2' }, { is: 'value', text: '2' }],
    ['that there is none', 'person.fisher-grade', { v: '-' }, { is: 'none' }],
    ['no', 'person.fishing-licence', { v: 'false' }, { is: 'value', text: 'false' }],
  ] as const)('is taken: %s', (_what, fact, given, stated) => expect(read(fact, given)).toEqual(stated));

  test.each([
    ['a day that no calendar has', 'person.birth-date', { y: '2031', m: '2', d: '29' }],
    ['half a day', 'person.birth-date', { y: '1956' }],
    ['a sum with three places', 'person.month-income', { n: '1.005' }],
    ['a sum beyond the range', 'person.month-income', { n: '1000000.01' }],
    ['words for a number', 'person.month-income', { n: '很多𠮷' }],
    ['a code that is in no list', 'person.fisher-grade', { v: '3' }],
    ['neither yes nor no', 'person.fishing-licence', { v: 'yes' }],
    ['none of what is never none', 'person.birth-date', { v: '-' }],
  ] as const)('is asked again: %s', (_what, fact, given) => expect(read(fact, given)).toBeUndefined());

  test('comes back as it was said', () => {
    for (const [id, given] of [['person.month-income', { n: '0.05' }], ['person.birth-date', { y: '1956', m: '3', d: '8' }], ['person.fisher-grade', { v: '1' }], ['person.fisher-grade', { v: '-' }]] as const) {
      const stated = read(id, given);
      const value = stated && valueOfStated(schema, factOf(id), stated);
      expect(value && statedOf(schema, factOf(id), value)).toEqual(stated);
    }
  });

  test('is a reason of at most 500 characters, each of however many parts, without control characters', () => {
    expect(readWhy('𠮷'.repeat(500))).toBe('𠮷'.repeat(500));
    expect(readWhy('𠮷'.repeat(501))).toBeUndefined();
    expect(readWhy(' 一\r\n二\u0000三\ud800 ')).toBe('一\n二 三\ufffd');
  });
});

describe('a file', () => {
  const bytes = (...first: number[]): Uint8Array => Uint8Array.from(first);
  test.each([
    ['image/png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)], ['image/jpeg', bytes(0xff, 0xd8, 0xff, 0xe0)], ['application/pdf', new TextEncoder().encode('%PDF-1.7')],
    [undefined, new TextEncoder().encode('<svg onload="alert(1)">')], [undefined, bytes(0x89, 0x50)],
  ])('is %s by its first bytes', (type, given) => expect(evidenceTypeOf(given)).toBe(type));

  test('is not taken where it is nothing, or too large', () => {
    expect([readEvidence(bytes()), readEvidence(new Uint8Array(MOST_EVIDENCE_BYTES + 1)), readEvidence(bytes(1))]).toEqual(['nothing', 'too-large', 'other-type']);
  });

  test('is called by the last part of its name, and a name that reads backwards reads forwards', () => {
    expect(evidenceName('C:\\fakepath\\船证𠮷.png')).toBe('船证𠮷.png');
    expect(evidenceName('../../etc/passwd')).toBe('passwd');
    expect(evidenceName('a\u202egnp.exe\u0007')).toBe('agnp.exe');
    expect(Array.from(evidenceName(`${'𠮷'.repeat(200)}.png`)).length).toBe(80);
  });
});

describe('a dispute', () => {
  const at = (sequence: number): string => `2031-03-03T0${sequence}:00:00.000Z`;
  const entry = (sequence: number, kind: string, payload: LogRecord['payload']): LogRecord => ({ stream: 'case/dispute/p', sequence, kind, at: at(sequence), actor: 'p', subjectKey: 'p', householdKey: null, payload });
  const begun = [entry(1, 'dispute-begun', { fact: 'person.fisher-grade', no: null }), entry(2, 'dispute-stated', { dispute: 1, value: { is: 'value', text: '2' } }), entry(3, 'dispute-reasoned', { dispute: 1, why: '' })];
  const sent = [...begun, entry(4, 'dispute-sent', { dispute: 1, on: '2031-03-03', was: { is: 'none' }, department: 'fisheries', task: 3, dueOn: '2031-03-17', dueCounted: 'calendar' })];
  const answered = (outcome: 'accepted' | 'refused', value: { is: 'value'; text: string } | { is: 'none' } | null) => [...sent, entry(5, 'dispute-answered', { dispute: 1, outcome, value, from: '2031-01-01', on: '2031-03-04', department: 'fisheries', because: 'x', changes: [] })];
  const saying = { schema, rows: new Map([['person', [7]]]) };
  const cells = (records: readonly LogRecord[]) => disputesIn(records).flatMap((one) => correctionsOf(one, saying)).map(({ source, value, validFrom, row }) => [source, value, validFrom, row]);

  test('is a draft until it is sent, and none once it was dropped', () => {
    expect(disputesIn(begun)).toMatchObject([{ number: 1, value: { text: '2' }, why: '', sent: null }]);
    expect(disputesIn([...begun, entry(4, 'dispute-dropped', { dispute: 1 })])).toEqual([]);
    expect(cells(begun)).toEqual([]);
  });

  test('makes its fact disputed from the day it was sent, and what the holder answers stands from the day it says', () => {
    expect(cells(sent)).toEqual([['dispute', 1, 20310303, 7]]);
    expect(cells(answered('accepted', { is: 'value', text: '2' }))).toEqual([['dispute', 1, 20310303, 7], ['holder', 1, 20310101, 7]]);
    // None was held, and is confirmed; had nothing been known, that nothing is known is.
    expect(cells(answered('refused', { is: 'none' }))[1]?.slice(0, 1)).toEqual(['holder']);
    expect(cells(answered('refused', null))[1]?.[1]).not.toBe(cells(answered('refused', { is: 'none' }))[1]?.[1]);
  });

  test('adds nothing twice, and nothing where its fact or its value is no more', () => {
    const [dispute] = disputesIn(answered('accepted', { is: 'value', text: '2' }));
    const all = dispute ? correctionsOf(dispute, saying) : [];
    expect([missingIn([], all).length, missingIn(all.slice(0, 1), all).length, missingIn(all, all).length]).toEqual([2, 1, 0]);
    expect(dispute && correctionsOf({ ...dispute, fact: 'gone' }, saying)).toEqual([]);
    expect(dispute && correctionsOf({ ...dispute, value: { is: 'value', text: 'gone' } }, saying).length).toBe(1);
  });
});

describe('what is held', () => {
  test('is used by the services whose rules read it, whatever else they ask', () => {
    expect(usedBy(book, 20310303).get('person.fishing-licence')).toEqual(expect.arrayContaining(['closed-season-grant']));
    expect(usedBy(book, 20310303).has('person.no-such-fact')).toBe(false);
  });

  test('is opened of the person, their groups and their dated records, and of nobody else', () => {
    const sights = sightOfFacts(schema, 'person', ({ id }) => ['person.sex', 'living.area', 'insurance.kind'].includes(id));
    expect([...(sights.get('person')?.facts ?? [])]).toEqual(['person.sex']);
    expect([...(sights.get('person')?.steps.keys() ?? [])]).toEqual(['along insurance']);
    expect([...(sights.get('living')?.facts ?? [])]).toEqual(['living.area']);
  });
});

describe('what somebody declares', () => {
  const fact = { fact: 'person.applied-on', no: null };
  const entry = (sequence: number, kind: string, payload: LogRecord['payload']): LogRecord => ({ stream: 'case/declaration/mia', sequence, kind, at: `2031-03-0${sequence}T01:00:00.000Z`, actor: 'mia', subjectKey: 'mia', householdKey: null, payload });
  const declared = (sequence: number, text: string): LogRecord => entry(sequence, 'fact-declared', { ...fact, value: { is: 'value', text }, on: `2031-03-0${sequence}`, commitment: 'c' });
  const opened = entry(2, 'task-opened', { taskKind: 'review', department: 'fisheries', area: '', service: 'old-fisher-grant', dueOn: '2031-05-27', dueCounted: 'calendar', about: { change: 'declared', ...fact } });
  const ended = (outcome: string): LogRecord => entry(4, 'task-completed', { task: 2, outcome, reason: 'looked' });
  const place = { schema, rows: new Map([['person', [7]]]) };

  test('holds while nobody has looked, and after somebody has found it to be so', () => {
    const said = [declared(1, '2031-02-03'), opened, declared(3, '2031-02-04')];
    expect([checksOpenIn(said), checksOpenIn([...said, ended('facts-confirmed')])]).toEqual([[fact], []]);
    for (const entries of [said, [...said, ended('facts-confirmed')]]) expect(declaredIn(entries).map(({ refuted }) => refuted)).toEqual([undefined, undefined]);
  });

  test('is not known any more once it was found not to be so, whoever says it again', () => {
    const found = declaredIn([declared(1, '2031-02-03'), opened, declared(3, '2031-02-04'), ended('facts-refuted'), declared(5, '2031-02-05')]);
    expect(found.map(({ refuted }) => refuted?.department)).toEqual(['fisheries', 'fisheries', undefined]);
    const [said, refuted] = correctionsOfDeclared(found[1] ?? (() => { throw new Error('nothing was declared'); })(), place);
    expect([said, refuted]).toMatchObject([{ row: 7, value: 20_310_204, source: 'self-declared' }, { row: 7, value: LANE.int32.unknown, source: 'holder', by: 'fisheries', knownAt: '2031-03-04T01:00:00.000Z' }]);
  });
});
