import { describe, expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { caseStream, claim, complete, fold, handOver, reopen, TASKS } from './index.ts';
import type { Task, TaskEvent, Worker } from './index.ts';
import { tell } from './testing.ts';

const on = (text: string): CalendarDate => parseDate(text) ?? (() => { throw new Error(text); })();
const STREAM = caseStream('nets', 'person-1');
const opened: TaskEvent = { kind: 'task-opened', payload: { taskKind: 'review', department: 'fishery', area: '990101', service: 'nets', dueOn: on('2031-03-31'), dueCounted: 'calendar', about: { missing: ['boat'] } } };
const mei: Worker = { id: 'mei', department: 'fishery', areas: ['9901'] };
const bo: Worker = { ...mei, id: 'bo' };
const stranger: Worker = { id: 'zed', department: 'harbour', areas: [] };
const elsewhere: Worker = { ...mei, id: 'far', areas: ['9902'] };

/** The task after these acts, each made on the task as it stands then. */
function after(...acts: readonly (readonly [Worker, (task: Task, by: Worker) => readonly TaskEvent[] | { readonly kind: string }])[]): Task {
  const told: [string, TaskEvent][] = [['system', opened]];
  const now = (): Task => {
    const [task] = fold(TASKS, tell(STREAM, 'person-1', told)).values();
    if (!task) throw new Error('no task');
    return task;
  };
  for (const [by, act] of acts) {
    const answer = act(now(), by);
    if ('kind' in answer) throw new Error(answer.kind);
    told.push(...answer.map((event): [string, TaskEvent] => [by.id, event]));
  }
  return now();
}
const deny = (task: Task, by: Worker) => complete(task, by, { outcome: 'denied', reason: 'no boat' });
const toHarbour = (task: Task, by: Worker) => handOver(task, by, { department: 'harbour', area: '990101', reason: 'the berth is theirs' });

describe('a task', () => {
  test('is open from its first entry, until its day, and is named by that entry', () => {
    expect(after()).toMatchObject({ stream: STREAM, number: 1, sequence: 1, kind: 'review', department: 'fishery', subjectKey: 'person-1', openedAt: '2031-03-03T01:00:00.000Z', dueOn: '2031-03-31', state: { kind: 'open', by: 'system' } });
  });

  test('is claimed by one, done by them, and says who brought it there', () => {
    expect(after([mei, claim])).toMatchObject({ number: 1, sequence: 2, state: { kind: 'claimed', by: 'mei', at: '2031-03-03T01:01:00.000Z' } });
    expect(after([mei, claim], [mei, deny]).state).toEqual({ kind: 'done', outcome: 'denied', by: 'mei', at: '2031-03-03T01:02:00.000Z' });
    expect(claim(after([mei, claim]), mei)).toEqual([]);
  });

  test('is not done twice, nor by a second person while the first has it', () => {
    expect(claim(after([mei, claim]), bo)).toEqual({ kind: 'task-claimed', by: 'mei' });
    expect(deny(after([mei, claim]), bo)).toEqual({ kind: 'task-claimed', by: 'mei' });
    expect(deny(after([mei, claim], [mei, deny]), mei)).toEqual({ kind: 'task-done' });
  });

  test.each([['claim', claim], ['complete', deny], ['hand over', toHarbour]])('belongs to its department and area: nobody else can %s it', (_, act) => {
    expect([act(after(), stranger), act(after(), elsewhere)]).toEqual([{ kind: 'task-not-yours' }, { kind: 'task-not-yours' }]);
  });

  test('goes to another department with a reason and the same limit, and is theirs then', () => {
    const task = after([mei, claim], [mei, toHarbour]);
    expect(task).toMatchObject({ department: 'harbour', dueOn: '2031-03-31', state: { kind: 'handed-over', from: 'fishery', by: 'mei' } });
    expect(deny(task, mei)).toEqual({ kind: 'task-not-yours' });
    expect(after([mei, toHarbour], [stranger, claim]).state).toMatchObject({ kind: 'claimed', by: 'zed' });
    expect(handOver(after(), mei, { department: 'harbour', area: '', reason: ' ' })).toEqual({ kind: 'reason-missing' });
  });

  test('does not hang on a colleague who is away: it is put back into the queue', () => {
    const task = after([mei, claim], [bo, (one, by) => handOver(one, by, { department: 'fishery', area: '990101', reason: 'Mei is ill' })], [bo, claim]);
    expect(task.state).toMatchObject({ kind: 'claimed', by: 'bo' });
  });

  test('opens again only after it was done, with a new limit', () => {
    const due = { reason: 'new evidence', dueOn: on('2031-04-30'), dueCounted: 'calendar' } as const;
    expect(reopen(after(), mei, due)).toEqual({ kind: 'task-not-done' });
    expect(after([mei, deny], [bo, (task, by) => reopen(task, by, due)])).toMatchObject({ dueOn: '2031-04-30', state: { kind: 'open', by: 'bo' } });
  });

  test('is no task any more where its opening was erased, and one stream can hold several', () => {
    const [first, ...rest] = tell(STREAM, 'person-1', [['system', opened], ['mei', { kind: 'task-claimed', payload: { task: 1 } }], ['system', opened], ['mei', { kind: 'task-claimed', payload: { task: 3 } }]]);
    if (!first) throw new Error('nothing told');
    expect([...fold(TASKS, [first, ...rest]).keys()]).toEqual([1, 3]);
    expect([...fold(TASKS, [{ ...first, payload: undefined }, ...rest]).values()]).toMatchObject([{ number: 3, state: { kind: 'claimed' } }]);
  });

  test('leaves alone what other families say, and an entry that does not hold what its kind says is a fault', () => {
    expect(fold(TASKS, tell(STREAM, 'person-1', [['system', { kind: 'grant-made', payload: { amountFen: 1 } }]])).size).toBe(0);
    expect(() => fold(TASKS, tell(STREAM, 'person-1', [['system', { kind: 'task-claimed', payload: { task: 'one' } }]]))).toThrow('task-claimed');
  });
});
