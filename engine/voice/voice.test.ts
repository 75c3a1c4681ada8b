import { describe, expect, test } from 'vitest';
import { fold, handOver } from '#engine/casework/index.ts';
import type { Worker } from '#engine/casework/index.ts';
import { tell } from '#engine/casework/testing.ts';
import { answer, checkSolved, followUp, giveWord, isActedOn, isBad, judge, onePerEvent, raise, rate, RATINGS, RATING_LEVELS } from './index.ts';
import type { Contact, Given, Matter, MatterStep, Raising, Rating, Said, VoiceRefusal } from './index.ts';
import { dayOn, MEI, RULES, saying, ToldMatter, ZED } from './testing.ts';

const raising: Raising = { kind: 'complaint', department: 'fisheries', service: null, category: 'catch', area: '990101', place: '三号码头', words: '补助还没到', reach: null, photo: null };
const contact: Contact = { id: 'c1', key: { kind: 'payment', stream: 'case/nets/p1', number: 7 }, service: 'nets', department: 'fisheries', on: dayOn('2031-08-25') };
const bad: Given = { level: 'dissatisfied', reasons: ['slow'], words: '等了三个月', reach: null };
const good: Given = { level: 'satisfied', reasons: ['quick'], words: '', reach: null };

function said(answered: Said | VoiceRefusal): Said {
  if ('kind' in answered) throw new Error(answered.kind);
  return answered;
}

function complaint(): ToldMatter {
  const told = new ToldMatter();
  told.resident(said(raise(raising, saying(), 'm1')).matter?.steps ?? []);
  return told;
}

describe('a complaint', () => {
  test('goes to the department of its category, with the day of a first word and of an answer', () => {
    // Monday and two working days is Wednesday, and five is the Monday after.
    expect(complaint().now()).toMatchObject({ kind: 'complaint', words: '补助还没到', raisedOn: '2031-09-01', wordBy: '2031-09-03', wordOn: null, state: { kind: 'working' }, task: { kind: 'complaint', department: 'fisheries', area: '990101', dueOn: '2031-09-08' } });
  });

  test('keeps its limit when it is handed to another department, which then answers', () => {
    const told = complaint();
    const handed = told.add('mei', handOver(told.now().task, MEI, { department: 'development', area: '', reason: '是码头的事' }));
    expect(handed.task).toMatchObject({ department: 'development', dueOn: '2031-09-08' });
    expect(answer(handed, MEI, '好了', saying())).toEqual({ kind: 'task-not-yours' });
    expect(told.add('zed', answer(handed, ZED, '灯修好了', saying('2031-09-08'))).answers).toEqual([{ department: 'development', words: '灯修好了', on: '2031-09-08', inTime: true }]);
  });

  test('that is answered is not solved until its resident says so, and open again with a new limit where they say no', () => {
    const told = complaint();
    told.add('mei', giveWord(told.now(), MEI, '正在查', saying('2031-09-02')));
    const answered = told.add('mei', answer(told.now(), MEI, '已经补发', saying('2031-09-09')));
    // Ten working days after Tuesday the 9th is Tuesday the 23rd.
    expect(answered).toMatchObject({ wordOn: '2031-09-02', state: { kind: 'answered', checkOn: '2031-09-23' }, answers: [{ inTime: false }] });
    expect(judge(answered, { solved: false, reason: '' }, saying('2031-09-10'))).toEqual({ kind: 'words-missing' });
    const again = told.resident(judge(answered, { solved: false, reason: '还是没到' }, saying('2031-09-10')));
    expect(again).toMatchObject({ state: { kind: 'working' }, reopened: 1, task: { state: { kind: 'open' }, dueOn: '2031-09-17' } });
    told.add('mei', answer(again, MEI, '银行退了，重新发了', saying('2031-09-11')));
    const solved = told.resident(judge(told.now(), { solved: true, reason: '' }, saying('2031-09-12')));
    expect(solved).toMatchObject({ state: { kind: 'solved', by: 'resident', on: '2031-09-12' }, reopened: 1 });
    expect(solved.steps.map(({ kind }) => kind)).toEqual(['raised', 'word', 'answered', 'unsolved', 'answered', 'solved']);
    expect([judge(solved, { solved: true, reason: '' }, saying()), judge(solved, { solved: false, reason: '又坏了' }, saying())]).toEqual([[], { kind: 'not-answered' }]);
  });

  test('nobody judges in time is looked at by a department that did not answer it, and the resident has the last word', () => {
    const told = complaint();
    const answered = told.add('mei', answer(told.now(), MEI, '已经补发', saying()));
    expect(followUp(answered, saying('2031-09-15'))).toEqual([]);
    const checking = told.add('system', followUp(answered, saying('2031-09-16')));
    expect(checking.check).toMatchObject({ kind: 'solved-check', department: 'development' });
    expect(followUp(checking, saying('2031-09-16'))).toEqual([]);
    expect(checkSolved(checking, { ...MEI }, { solved: true, words: '我们看过了' }, saying())).toEqual({ kind: 'task-not-yours' });
    const checked = told.add('zed', checkSolved(checking, ZED, { solved: true, words: '账上有了' }, saying('2031-09-17')));
    expect(checked.state).toEqual({ kind: 'solved', by: 'check', on: '2031-09-17' });
    expect(told.resident(judge(checked, { solved: false, reason: '那是上个月的' }, saying('2031-09-18')))).toMatchObject({ state: { kind: 'working' }, reopened: 1, task: { state: { kind: 'open' } } });
  });

  test('that a check finds unsolved is opened again by the system, once', () => {
    const told = complaint();
    told.add('mei', answer(told.now(), MEI, '已经补发', saying()));
    told.add('system', followUp(told.now(), saying('2031-09-16')));
    const found = told.add('zed', checkSolved(told.now(), ZED, { solved: false, words: '没到账' }, saying('2031-09-17')));
    expect(found.state.kind).toBe('unsolved');
    const again = told.add('system', followUp(found, saying('2031-09-17')));
    expect([again.task.state.kind, again.reopened, followUp(again, saying('2031-09-17'))]).toEqual(['open', 1, []]);
  });

  test('cannot be called solved by the staff, nor answered by the resident, whatever they append', () => {
    const told = complaint();
    told.add('mei', answer(told.now(), MEI, '已经补发', saying()));
    const judged: MatterStep = { kind: 'matter-judged', payload: { solved: true, reason: '', on: dayOn('2031-09-02') } };
    expect(told.add('mei', [judged]).state.kind).toBe('answered');
    const checked: MatterStep = { kind: 'matter-checked', payload: { task: 2, department: 'fisheries', solved: true, words: '好了', on: dayOn('2031-09-02') } };
    expect(told.add('mei', [checked]).state.kind).toBe('answered');
    expect(told.resident([{ ...checked, payload: { ...checked.payload, department: 'development' } }]).state.kind).toBe('answered');
  });

  test('needs words, and takes as many characters as people count', () => {
    expect(raise({ ...raising, words: '' }, saying(), 'm1')).toEqual({ kind: 'words-missing' });
    expect(raise({ ...raising, words: '𠮷'.repeat(2_001) }, saying(), 'm1')).toEqual({ kind: 'words-too-long' });
    expect('own' in raise({ ...raising, words: '𠮷'.repeat(2_000) }, saying(), 'm1')).toBe(true);
  });
});

/** What a resident does with one contact, and what comes of it. */
class Rated {
  readonly #own: (readonly [string, { readonly kind: string; readonly payload: never }])[] = [];
  readonly matter = new ToldMatter();
  #has = false;

  rating(): Rating | undefined {
    return [...fold(RATINGS, tell('case/voice/p1', 'p1', this.#own)).values()][0];
  }

  before() {
    const rating = this.rating();
    return rating && { rating, matter: rating.matter === null ? undefined : this.matter.now() };
  }

  give(given: Given, today = '2031-09-01'): VoiceRefusal | undefined {
    const done = rate(contact, this.before(), given, saying(today), 'm1');
    if ('kind' in done) return done;
    this.#own.push(...done.own.map(({ kind, payload }) => ['p1', { kind, payload: payload as never }] as const));
    if (done.matter) this.matter.resident(done.matter.steps);
    if (done.matter) this.#has = true;
    return undefined;
  }

  found(): Matter | undefined {
    return this.#has ? this.matter.now() : undefined;
  }
}

describe('a rating', () => {
  test('that is good asks nothing of anybody', () => {
    const rated = new Rated();
    rated.give(good);
    expect([rated.rating(), rated.found()]).toEqual([expect.objectContaining({ level: 'satisfied', givenOn: '2031-09-01', matter: null }), undefined]);
  });

  test('of the lowest two levels is a task of the rated department, which says nothing of the person', () => {
    const rated = new Rated();
    rated.give(bad);
    expect(rated.found()).toMatchObject({ kind: 'rating', level: 'dissatisfied', words: '等了三个月', task: { kind: 'rating', department: 'fisheries', area: '', subjectKey: 'm1', dueOn: '2031-09-08' } });
    expect(JSON.stringify(rated.matter.records())).not.toMatch(/p1|case\/nets/);
  });

  test('may be changed until somebody acts on it, and not after its days', () => {
    const rated = new Rated();
    rated.give(bad);
    rated.give(good);
    expect(rated.found()).toMatchObject({ state: { kind: 'withdrawn' }, task: { state: { kind: 'done', outcome: 'withdrawn' } } });
    rated.give({ ...bad, words: '还是慢' });
    expect(rated.found()).toMatchObject({ state: { kind: 'working' }, words: '还是慢', task: { number: 2, state: { kind: 'open' } }, reopened: 0 });
    rated.matter.add('mei', giveWord(rated.matter.now(), MEI, '看到了', saying()));
    expect(rated.give(good)).toEqual({ kind: 'rating-acted-on' });
    expect(rated.give({ ...bad, words: '还是慢' })).toBeUndefined();
    // Thirty days after 25 August is 24 September.
    expect([new Rated().give(good, '2031-09-24'), new Rated().give(good, '2031-09-25')]).toEqual([undefined, { kind: 'contact-too-old', until: '2031-09-24' }]);
    expect(new Rated().give({ ...good, reasons: ['made-up'] })).toEqual({ kind: 'reason-unknown' });
  });

  test('counts once for one thing that happened: a grant and its notice are one contact', () => {
    const at = '2031-09-01T01:00:00.000Z';
    const [grant, notice, later] = [{ kind: 'grant', stream: 's', at }, { kind: 'notice', stream: 's', at }, { kind: 'notice', stream: 's', at: '2031-09-02T01:00:00.000Z' }] as const;
    expect(onePerEvent([grant, notice, later])).toEqual([grant, later]);
  });
});

/** The same numbers in every run, spread as dice are. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** The department does something about it, or the resident thinks otherwise. */
function somethingHappens(rated: Rated, roll: (sides: number) => number): void {
  const matter = rated.found();
  if (!matter || roll(4) > 0) return void rated.give({ ...bad, level: RATING_LEVELS[roll(5)] ?? 'fair', words: String(roll(3)) });
  const steps = roll(2) === 0 ? giveWord(matter, MEI, '收到', saying()) : answer(matter, MEI, '改了', saying());
  if (!('kind' in steps)) rated.matter.add('mei', steps);
}

describe('whatever happens, in whatever order', () => {
  const workers: readonly Worker[] = [MEI, ZED, { ...MEI, id: 'bo' }];

  test('no matter is solved that its resident, or a check by another department, did not call solved', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const [roll, told] = [dice(seed), complaint()];
      for (let turn = 0; turn < 14; turn++) {
        const [matter, by, today] = [told.now(), workers[roll(3)] ?? MEI, saying(`2031-${String(9 + Math.floor(turn / 5)).padStart(2, '0')}-${String(1 + turn * 2 % 28).padStart(2, '0')}`)];
        const commands: readonly (readonly [string, readonly MatterStep[] | { readonly kind: string }])[] = [
          ['resident', judge(matter, { solved: roll(2) === 0, reason: '因为' }, today)], [by.id, answer(matter, by, '答复', today)], [by.id, giveWord(matter, by, '收到', today)],
          [by.id, checkSolved(matter, by, { solved: roll(2) === 0, words: '看过' }, today)], ['system', followUp(matter, today)], [by.id, handOver(matter.task, by, { department: workers[roll(2)]?.department ?? '', area: '', reason: '转' })],
        ];
        const [actor, steps] = commands[roll(commands.length)] ?? ['', []];
        if (!('kind' in steps)) told.add(actor, steps);
        const { state, steps: turns, answers, task } = told.now();
        const last = turns.findLast(({ kind }) => kind !== 'handed-over');
        const [says, stands] = [last?.kind === 'solved' ? 'resident' : last?.kind === 'check-solved' ? 'check' : undefined, state.kind === 'solved' ? state.by : undefined];
        expect([seed, turn, stands]).toEqual([seed, turn, says]);
        expect(last?.kind === 'check-solved' && answers.some(({ department }) => department === last.department)).toBe(false);
        // What is being worked on is somebody's open task, and what is not has none.
        expect([seed, turn, state.kind === 'working', task.state.kind !== 'done']).toEqual([seed, turn, state.kind === 'working', state.kind === 'working']);
      }
    }
  });

  test('every rating of the lowest two levels has exactly one task, open or done', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const [roll, rated] = [dice(seed), new Rated()];
      for (let turn = 0; turn < 10; turn++) {
        somethingHappens(rated, roll);
        const [rating, now] = [rated.rating(), rated.found()];
        const opened = now ? rated.matter.records().filter(({ kind }) => kind === 'task-opened').length : 0;
        const bads = rating && isBad(rating.level);
        expect([seed, bads ? opened : 1, bads && now?.state.kind === 'withdrawn']).toEqual([seed, 1, bads && false]);
        // One that turned good has taken its task back before anybody acted on it.
        expect(!bads && now !== undefined && (now.state.kind !== 'withdrawn' || isActedOn(now) || now.task.state.kind !== 'done')).toBe(false);
      }
    }
  });

  test('the rules say who checks: two departments at least', () => expect(RULES.checked.by.length).toBeGreaterThanOrEqual(2));
});
