import { appendEvents, listAccounts, LogConflict, readStream, readTask, taskCounts, tasksWanted } from '#adapters/store/index.ts';
import type { AccessLog, Database, ReadEntry, Session, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { caseStream, workingCalendar, workingDaysUntil } from '#engine/casework/index.ts';
import type { Task } from '#engine/casework/index.ts';
import { MOST_LINES } from '#engine/console/index.ts';
import type { CaseLine, Console, ConsoleRefusal, Queue, QueueFilter, QueueLine, QueuePart, TaskCommand, TaskKey, TaskView } from '#engine/console/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Action, Staff } from '#engine/permission/index.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { DECLARATION_CASE } from '#engine/record/index.ts';
import { isProven } from '../proven.ts';
import { bringRefuted } from '../record/declare.ts';
import type { RecordInput } from '../record/open.ts';
import { openAccounts } from './accounts.ts';
import { answersOf } from './answer.ts';
import { openDebts } from './debts.ts';
import { factsOfTask } from './facts.ts';
import { openLetters } from './letters.ts';
import { openLooks } from './looks.ts';
import { openPayments } from './payments.ts';
import { commandOn, refusedAtOnce } from './step.ts';
import { toldOf } from './told.ts';

export interface ConsoleInput extends Pick<RecordInput, 'correcting'> {
  readonly database: Database;
  readonly vault: Vault;
  readonly log: AccessLog;
  readonly clock: Clock;
  readonly random: Random;
  /** The city that is in force. */
  readonly city: () => City;
}

/** What a room of the console is opened with that neither corrects facts nor opens what is somebody's. */
export type RoomInput = Omit<ConsoleInput, 'correcting' | 'log'>;

/** The console of a city with a store. Everything is read and written as the member of staff who asks. */
export function openConsole(input: ConsoleInput): Console {
  const { database, vault, clock, random, city } = input;
  const answers = answersOf(input);
  const lineOf = (who: Staff, names: ReadonlyMap<string, string>) => (task: Task): QueueLine => {
    const { state } = task;
    const now = city();
    const isMine = state.kind === 'claimed' && state.by === who.id;
    return { task, daysLeft: workingDaysUntil(workingCalendar(now.pack.calendar), now.today, task.dueOn), heldBy: state.kind === 'claimed' ? (names.get(state.by) ?? state.by) : undefined, isMine };
  };
  const names = async (): Promise<ReadonlyMap<string, string>> => new Map((await listAccounts(database, vault)).map(({ id, name }) => [id, name]));
  const seen = (who: Staff, key: TaskKey): Promise<Task | undefined> => database.read(who, 'look at a task', (session) => readTask(session, key));
  return {
    accounts: openAccounts(input),
    debts: openDebts(input),
    letters: openLetters(input),
    looks: openLooks(input),
    payments: openPayments(input),
    queue: async (who, filter) => {
      const called = await names();
      const done = filter.done ?? false;
      return database.read(who, 'look at the queue', async (session) => queueOf(await taskCounts(session, { done, today: city().today }), filter, (await tasksWanted(session, { ...filter, done }, MOST_LINES)).map(lineOf(who, called))));
    },
    task: async (who, key) => {
      const called = await names();
      const found = await database.read(who, 'look at a task', async (session) => {
        const task = await readTask(session, key);
        return task && { task, entries: await readStream(session, vault, key.stream) };
      });
      return found && viewOf(who, lineOf(who, called)(found.task), found.entries, called);
    },
    facts: async (who, key, { provenAt, locale, through }) => {
      const task = await seen(who, key);
      return task ? factsOfTask(city(), who, task, { isProven: isProven(clock, provenAt), locale, through }) : { kind: 'denied' };
    },
    act: async (who, key, command) => {
      const stamp = { at: clock.now(), actor: who.id, random };
      const task = await seen(who, key);
      const refused = task && refusedAtOnce(task, who, command, city());
      if (refused) return refused;
      const answered = task && (await answers(who, task, command));
      if (answered !== undefined) return answered === 'done' ? undefined : answered;
      try {
        const refusal = await database.write(who, `task: ${command.do}`, (session) => step(session, vault, city(), { who, key, command, stamp }));
        if (task?.subjectKey != null && refusal === undefined && command.do === 'complete' && task.stream === caseStream(DECLARATION_CASE, task.subjectKey)) await bringRefuted(input, task.stream, task.subjectKey);
        return refusal;
      } catch (error) {
        if (error instanceof LogConflict) return { kind: 'changed-meanwhile' };
        throw error;
      }
    },
  };
}

interface Step {
  readonly who: Staff;
  readonly key: TaskKey;
  readonly command: TaskCommand;
  readonly stamp: { readonly at: string; readonly actor: string; readonly random: Random };
}

async function step(session: Session, vault: Vault, city: City, { who, key, command, stamp }: Step): Promise<ConsoleRefusal | undefined> {
  const task = await readTask(session, key);
  if (!task) return { kind: 'task-unknown' };
  const answer = commandOn(task, who, command, city);
  if ('kind' in answer) return answer;
  const about = { stream: task.stream, subjectKey: task.subjectKey, householdKey: task.householdKey };
  await appendEvents(session, vault, [...toldOf(task, command), ...answer.map((event) => ({ ...about, ...event }))], stamp);
  return undefined;
}

type Count = Awaited<ReturnType<typeof taskCounts>>[number];

function queueOf(counts: readonly Count[], { kind, service, area }: QueueFilter, lines: readonly QueueLine[]): Queue {
  const wanted = counts.filter((one) => (kind === undefined || one.kind === kind) && (service === undefined || one.service === service) && (area === undefined || one.area === area));
  const sum = (some: readonly Count[], of: 'count' | 'late'): number => some.reduce((total, one) => total + one[of], 0);
  const partsOf = (by: 'kind' | 'service' | 'area'): readonly QueuePart[] => [...Map.groupBy(counts, (one) => one[by])].map(([value, some]) => ({ value, count: sum(some, 'count') })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { lines, count: sum(wanted, 'count'), late: sum(counts, 'late'), kinds: partsOf('kind'), services: partsOf('service'), areas: partsOf('area') };
}

/** What may be done with a task as it stands, in the order in which it is offered. */
const STEPS = ['task.claim', 'task.complete', 'task.hand-over', 'task.reopen'] as const satisfies readonly Action[];

function viewOf(who: Staff, line: QueueLine, entries: readonly ReadEntry[], names: ReadonlyMap<string, string>): TaskView {
  const { task } = line;
  const isOpen = task.state.kind !== 'done';
  const object = { of: 'task', task: { ...task, open: isOpen } } as const;
  const opening = entries.find(({ sequence }) => sequence === task.number)?.payload;
  return {
    ...line,
    about: typeof opening === 'object' && opening !== null && 'about' in opening ? opening['about'] : undefined,
    entries: entries.map((entry): CaseLine => ({ sequence: entry.sequence, kind: entry.kind, at: entry.at, by: calledBy(entry, names), payload: entry.payload })).toReversed(),
    may: [...STEPS.filter((action) => (action === 'task.reopen') !== isOpen && may(who, action, object)), ...(may(who, 'facts.open', { of: 'case', tasks: [object.task] }) ? (['facts.open'] as const) : [])],
  };
}

function calledBy({ actor, subjectKey }: ReadEntry, names: ReadonlyMap<string, string>): string {
  return actor === subjectKey ? 'resident' : (names.get(actor) ?? actor);
}
