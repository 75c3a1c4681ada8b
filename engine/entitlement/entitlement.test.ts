import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { bandsFor, decideOne, decodeAnswers, encodeAnswers, explainEntitlement, groupOf, linkBook, nextQuestion, NOTHING_TOLD, readDescribed, split, toldBy, whenItChanges, wordsOfPack } from './index.ts';
import type { Answer, Answers, Entitlement, LinkedPack, Payer, Told } from './index.ts';

function town(change: (files: Map<string, Uint8Array>) => void = () => {}): Pack {
  const files = new Map(packFiles('lantern-bay'));
  change(files);
  const { pack } = loadPack(files);
  if (!pack) throw new Error('the pack does not load');
  return pack;
}

const linked = linkBook(town());
const DAY = 20310615;

function told(facts: Readonly<Record<string, unknown>>, receives?: readonly string[]): Told {
  const read = readDescribed(linked.rules, { facts, receives });
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.refused));
  return read.told;
}

const decided = (situation: Told, service: string, day = DAY): Entitlement | undefined => decideOne(linked.rules, situation, day).all.find((one) => one.service.id === service);
const chosen = (...options: string[]): Answer => ({ kind: 'chosen', options });
const fisher = { 捕捞证有效: true, 户籍地: '东灯区', 本月收入: 1000 };

describe('an amount is divided among its payers', () => {
  const payer = (shareBp: number): Payer => ({ level: 'city', of: 'registered', shareBp, from: '2031-01-01' as Payer['from'], source: 'X', confidence: 'demo' });

  test('by whole fen, and the last gets what is left', () => {
    // A third of 100 fen is 33.33: two get 33, the last 34.
    expect(split(100, [payer(3333), payer(3333), payer(3334)]).map((part) => part.amountFen)).toEqual([33, 33, 34]);
    // 0.6 of one fen is no whole fen, so the last pays it.
    expect(split(1, [payer(6000), payer(4000)]).map((part) => part.amountFen)).toEqual([0, 1]);
    // 3,333 basis points of 9,007,199,254,740,991 fen are 3,002,099,511,605,172.3…: no float is near enough.
    expect(split(9_007_199_254_740_991, [payer(3333), payer(6667)]).map((part) => part.amountFen)).toEqual([3_002_099_511_605_172, 6_005_099_743_135_819]);
  });

  test('to the fen, whatever it is', () => {
    for (let fen = 0; fen < 500; fen++) expect(split(fen, [payer(1250), payer(3750), payer(5000)]).reduce((sum, part) => sum + part.amountFen, 0)).toBe(fen);
    expect(() => split(1, [payer(9999)])).toThrow(RangeError);
  });
});

describe('somebody who is described', () => {
  test('of whom nothing is told is neither entitled nor refused', () => {
    // A visit at home hangs on links, a grant on facts: nothing of either is known.
    expect(new Set(decideOne(linked.rules, NOTHING_TOLD, DAY).all.map((one) => one.verdict.kind))).toEqual(new Set(['unknown']));
  });

  test('gets the grant at its line, with what each level pays of it', () => {
    // 1,000 is not above the line of 1,000; the rate of the district is the city's, 800; the city pays 60 in 100.
    const found = decided(told(fisher, []), 'closed-season-grant');
    expect(found?.verdict).toEqual({ kind: 'yes', amountFen: 80_000 });
    expect(found?.payers?.map((part) => [part.payer.level, part.amountFen])).toEqual([['city', 48_000], ['county', 32_000]]);
    expect([found?.amount?.per, found?.demo]).toEqual(['month', true]);
    // Reef County has a rate of its own.
    expect(decided(told({ ...fisher, 户籍地: '礁石县' }, []), 'closed-season-grant')?.amount?.minFen).toBe(86_000);
  });

  test('is not asked for people of whom nobody told: what counts members is left to those who know them', () => {
    // The relief sums incomes of the household and the meal boat asks the relief; the ice voucher counts a crew, and the fuel voucher gives way to it.
    expect(decideOne(linked.rules, NOTHING_TOLD, DAY).beyond.map(({ id }) => id).toSorted()).toEqual(['fuel-voucher', 'household-relief', 'ice-voucher', 'meal-boat']);
  });

  test('never turns from yes to no or back by telling more', () => {
    const names = { 捕捞证有效: [true, false], 户籍地: ['东灯区', '海角省'], 本月收入: [0, 1000.01], 出生日期: ['1960-01-01', '2000-01-01'], 性别: ['男性', '女性'] } as const;
    const entries = Object.entries(names);
    const turned: unknown[] = [];
    let settled = 0;
    for (let mask = 0; mask < 3 ** entries.length; mask++) {
      const facts = Object.fromEntries(entries.flatMap(([name, values], at) => {
        const digit = Math.floor(mask / 3 ** at) % 3;
        return digit === 0 ? [] : [[name, values[digit - 1]]];
      }));
      const before = decideOne(linked.rules, told(facts), DAY).all;
      const after = decideOne(linked.rules, told({ 性别: '男性', 本月收入: 0, ...facts }), DAY).all;
      const known = before.filter((one) => one.verdict.kind !== 'unknown');
      settled += known.length;
      turned.push(...known.filter((one) => after.find(({ service }) => service === one.service)?.verdict.kind !== one.verdict.kind).map((one) => [facts, one.service.id]));
    }
    expect(turned).toEqual([]);
    expect(settled).toBeGreaterThan(200);
  });

  test('who names a range is settled where both ends agree, and asked for more where they do not', () => {
    const between = (min: bigint, max: bigint): Told => ({ ...told(fisher, []), facts: new Map([...told(fisher, []).facts, ['person.month-income', { kind: 'between', min, max }]]) });
    expect(decided(between(0n, 100_000n), 'closed-season-grant')?.verdict).toEqual({ kind: 'yes', amountFen: 80_000 });
    expect(decided(between(100_001n, 900_000n), 'closed-season-grant')?.verdict).toEqual({ kind: 'no', clause: 'income' });
    expect(decided(between(0n, 100_001n), 'closed-season-grant')?.verdict).toEqual({ kind: 'unknown', clause: 'income' });
  });

  test('is told what is missing and who holds it, in either language', () => {
    const open = decided(told({ 户籍地: '东灯区', 本月收入: 0 }, []), 'closed-season-grant');
    const reasons = (locale: 'zh' | 'en') => open && explainEntitlement(open, wordsOfPack(linked.rules, locale, undefined), (name) => name);
    expect(reasons('zh')?.missing.map(({ fact }) => fact)).toEqual(['person.fishing-licence']);
    expect(reasons('zh')?.answer).toContain('捕捞证有效');
    expect(reasons('en')?.answer).toContain('Valid fishing licence');
    expect(open && groupOf(open, reasons('zh')?.missing ?? [])).toBe('near');
  });

  test('learns the day on which time alone will change a refusal', () => {
    // Born on 2 August 1971 and male: an old fisher from the 60th birthday, 2 August 2031; then the insurance record is what is missing.
    const situation = told({ 户籍地: '东灯区', 出生日期: '1971-08-02', 性别: '男性', 捕捞证有效: false }, []);
    const refused = decided(situation, 'old-fisher-grant');
    expect(refused?.verdict).toEqual({ kind: 'no', clause: 'age' });
    expect(refused && whenItChanges(linked.rules, situation, refused)).toEqual({ on: 20310802, verdict: { kind: 'unknown', clause: 'insured' } });
    const sea = decided(situation, 'closed-season-grant');
    expect(sea && whenItChanges(linked.rules, situation, sea)).toBeUndefined();
  });

  test('is refused whole where a name, a value or a service is not known', () => {
    const codes = (facts: Readonly<Record<string, unknown>>, receives?: readonly string[]) => {
      const read = readDescribed(linked.rules, { facts, receives });
      return read.kind === 'refused' ? read.refused.map(({ name, code, nearest }) => [name, code, nearest]) : [];
    };
    expect(codes({ 捕捞证有: true })).toEqual([['捕捞证有', 'situation-name-unknown', '捕捞证有效']]);
    expect(codes({ 险种: '渔民险' })).toEqual([['险种', 'situation-name-elsewhere', undefined]]);
    expect(codes({ 本月收入: -1, 性别: '男' })).toEqual([['本月收入', 'example-out-of-range', undefined], ['性别', 'label-unknown', undefined]]);
    expect(codes({}, ['moon-grant']).map(([, code]) => code)).toEqual(['service-unknown']);
    expect(codes({ 本月收入: '12.34', 渔民证等级: 'none' })).toEqual([]);
  });
});

describe('the interview', () => {
  const ask = (answers: Answers, first?: string) => nextQuestion({ linked, answers, lawOn: DAY, first });

  test('asks by topic, in the words of the pack, only what rules still turn on', () => {
    // Topic "you" stands before "sea". Without a licence no rule reads the income; without a card none reads its grade.
    const seen: string[] = [];
    let answers: Answers = new Map();
    const given: Readonly<Record<string, Answer>> = { registered: chosen('990101'), born: { kind: 'value', units: 19900101n }, sex: chosen('1'), fishing: chosen(), grants: chosen() };
    for (let next = ask(answers).question; next; next = ask(answers).question) {
      seen.push(next.question.id);
      answers = new Map([...answers, [next.question.id, given[next.question.id] ?? { kind: 'declined' }]]);
    }
    expect(seen).toEqual(['registered', 'born', 'sex', 'fishing']);
  });

  test('starts with one service where it is asked to', () => {
    expect(ask(new Map(), 'closed-season-grant').question?.question.id).toBe('registered');
    expect(ask(new Map([['registered', chosen('990101')]]), 'closed-season-grant').question?.question.id).toBe('fishing');
  });

  test('asks nothing twice, also what somebody would not say', () => {
    const declined: Answers = new Map([...linked.questions.keys()].map((id) => [id, { kind: 'declined' }]));
    expect(ask(declined).question).toBeUndefined();
    expect(ask(declined).settled).toEqual([]);
  });

  test('offers the stretches between the lines that rules draw', () => {
    const answers: Answers = new Map([['registered', chosen('990101')], ['fishing', chosen('licence')], ['grants', chosen()]]);
    const income = linked.questions.get('income');
    expect(income && bandsFor({ linked, answers, lawOn: DAY }, income)).toEqual([{ min: 0n, max: 100_000n }, { min: 100_001n, max: 100_000_000n }]);
  });

  test('takes what was left out of several as told, and what was chosen without more as still open', () => {
    const facts = toldBy(linked, new Map([['fishing', chosen('card')]])).facts;
    expect([facts.get('person.fishing-licence'), facts.get('person.fisher-grade')]).toEqual([{ kind: 'known', value: false }, undefined]);
  });
});

describe('answers in an address', () => {
  const answers: Answers = new Map([['registered', chosen('990122')], ['fishing', chosen('licence', 'card')], ['born', { kind: 'value', units: 19600229n }], ['income', { kind: 'between', min: 0n, max: 100_000n }], ['sex', { kind: 'declined' }], ['card-grade', { kind: 'none' }]]);
  const pack = 'abcdef0123456789';
  const code = encodeAnswers(answers, pack);

  test('come back as they were given, in their order', () => {
    expect(decodeAnswers(code, linked.questions, pack)).toEqual({ kind: 'answers', answers, changed: false, dropped: 0 });
    expect([...(decodeAnswers(code, linked.questions, pack) as { answers: Answers }).answers.keys()]).toEqual([...answers.keys()]);
  });

  test('are refused when one character changed, or the end is missing', () => {
    for (let at = 0; at < code.length; at++) {
      const slipped = `${code.slice(0, at)}${code.charAt(at) === '1' ? '2' : '1'}${code.slice(at + 1)}`;
      const read = decodeAnswers(slipped, linked.questions, pack);
      // A slip in the digest of the pack reads as another pack; everything that was answered still counts.
      expect([at, read.kind === 'unreadable' || (read.changed && read.dropped === 0)]).toEqual([at, true]);
      expect([at, decodeAnswers(code.slice(0, at), linked.questions, pack).kind]).toEqual([at, 'unreadable']);
    }
  });

  test('outlive a change of the pack as far as their questions do', () => {
    const fewer: LinkedPack['questions'] = new Map([...linked.questions].filter(([id]) => id !== 'sex'));
    expect(decodeAnswers(code, fewer, 'fedcba9876543210')).toMatchObject({ kind: 'answers', changed: true, dropped: 1 });
  });

  test('that no question can have are refused', () => {
    const bad: Answers = new Map([['born', { kind: 'value', units: 19610229n }]]);
    expect(decodeAnswers(encodeAnswers(bad, pack), linked.questions, pack).kind).toBe('unreadable');
  });
});

test('a question about what is not there is an error of the pack', () => {
  const broken = town((files) => files.set('questions.yaml', new TextEncoder().encode(`- { id: moon, topic: sky, form: value, fact: 月相, question: { zh: 月亮？, en: Moon? } }
- { id: kind, topic: you, form: value, fact: 险种, question: { zh: 险种？, en: Kind? } }
- { id: sex, topic: you, form: value, fact: 性别, question: { zh: 性别？, en: Sex? }, options: [{ id: "7", label: { zh: 七, en: Seven } }] }
- { id: some, topic: you, form: several, question: { zh: 哪些？, en: Which? } }
`)));
  expect(linkBook(broken).diagnostics.filter(({ severity }) => severity === 'error').map(({ code, place }) => [code, place.line])).toEqual([
    ['question-topic-unknown', 1], ['question-fact-unknown', 1], ['question-fact-elsewhere', 2], ['question-code-unknown', 3], ['question-without-options', 4],
  ]);
});
