import { eventOf, fold, TASK_EVENTS, TASKS } from '#engine/casework/index.ts';
import type { LogRecord, Task } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { MATTER_EVENTS, RESIDENT } from './event.ts';
import type { MatterEvent, MatterKind, PhotoMark, RatingLevel } from './event.ts';

/** A complaint, a suggestion or a bad rating: what was said, who has it, how it stands. It names nobody. */
export interface Matter {
  readonly id: string;
  readonly kind: MatterKind;
  readonly service: string | null;
  readonly category: string | null;
  /** The code of the division where it happened; empty: no place in particular. */
  readonly area: string;
  readonly place: string;
  readonly level: RatingLevel | null;
  readonly reasons: readonly string[];
  readonly words: string;
  /** How the resident allows to be reached; null: not at all. */
  readonly reach: string | null;
  readonly photo: PhotoMark | null;
  readonly raisedOn: CalendarDate;
  readonly wordBy: CalendarDate;
  /** The day of the first word to the resident, an answer included. */
  readonly wordOn: CalendarDate | null;
  /** The task of the department that has it. */
  readonly task: Task;
  /** The open task of who looks whether it is solved. */
  readonly check: Task | undefined;
  readonly answers: readonly MatterAnswer[];
  /** Everything that happened, in order, for who wants to follow it. */
  readonly steps: readonly MatterTurn[];
  readonly state: MatterState;
  /** How often it was called solved by the department and was not. */
  readonly reopened: number;
}

/** What a department answered, and whether within its limit. */
export interface MatterAnswer {
  readonly department: string;
  readonly words: string;
  readonly on: CalendarDate;
  readonly inTime: boolean;
}

/** One thing that happened to a matter. */
export interface MatterTurn {
  readonly kind: 'raised' | 'amended' | 'withdrawn' | 'word' | 'answered' | 'solved' | 'unsolved' | 'check-solved' | 'check-unsolved' | 'handed-over';
  readonly on: CalendarDate | null;
  readonly at: string;
  readonly department: string | null;
  readonly words: string | null;
}

/** `unsolved`: a check found so, and the task is about to be opened again. Answered is not solved: that only the resident says, or the check. */
export type MatterState =
  | { readonly kind: 'working' }
  | { readonly kind: 'answered'; readonly checkOn: CalendarDate }
  | { readonly kind: 'unsolved' }
  | { readonly kind: 'solved'; readonly by: 'resident' | 'check'; readonly on: CalendarDate }
  | { readonly kind: 'withdrawn' };

type Told = Omit<Matter, 'task' | 'check'>;

/** The matter that a stream tells; undefined where its beginning was erased, or has no task. */
export function foldMatter(records: readonly LogRecord[]): Matter | undefined {
  let told: Told | undefined;
  let tasks: ReadonlyMap<number, Task> = new Map();
  for (const [at, record] of records.entries()) {
    const event = eventOf(MATTER_EVENTS, record);
    if (event?.kind === 'matter-raised') told = record.actor === RESIDENT ? raised(event.payload, record) : told;
    else if (told && event && isTheirs(event, record)) told = step(told, event, record, mainOf(tasks));
    // The limit of an answer is that of the task as it stood before the answer.
    tasks = fold(TASKS, records.slice(0, at + 1));
    if (told && isReopened(record, mainOf(tasks))) told = { ...told, state: { kind: 'working' } };
    if (told && record.kind === 'task-handed-over') told = withTurn(told, { kind: 'handed-over', on: null, department: mainOf(tasks)?.department ?? null, words: null }, record);
  }
  const task = mainOf(tasks);
  if (!told || !task) return undefined;
  return { ...told, task, check: [...tasks.values()].find((one) => one.kind === 'solved-check' && one.state.kind !== 'done') };
}

/** Whether a department, or the system, has acted on it: then what the resident said stays. */
export function isActedOn({ task, wordOn, answers }: Matter): boolean {
  return wordOn !== null || answers.length > 0 || task.state.kind === 'claimed' || (task.state.kind === 'done' && task.state.by !== RESIDENT);
}

const mainOf = (tasks: ReadonlyMap<number, Task>): Task | undefined => [...tasks.values()].find(({ kind }) => kind !== 'solved-check');

/** Whoever opens the task again, the matter is worked on again. */
function isReopened(record: LogRecord, task: Task | undefined): boolean {
  const event = eventOf(TASK_EVENTS, record);
  return event?.kind === 'task-reopened' && event.payload.task === task?.number;
}

/** What the resident says nobody else can say, and the other way round. */
function isTheirs({ kind }: MatterEvent, { actor }: LogRecord): boolean {
  const isResidents = kind === 'matter-amended' || kind === 'matter-withdrawn' || kind === 'matter-judged';
  return isResidents === (actor === RESIDENT);
}

function raised({ matterKind: kind, on: raisedOn, ...said }: Extract<MatterEvent, { kind: 'matter-raised' }>['payload'], { subjectKey, at }: LogRecord): Told {
  return { id: subjectKey ?? '', kind, ...said, raisedOn, wordOn: null, answers: [], steps: [{ kind: 'raised', on: raisedOn, at, department: null, words: null }], state: { kind: 'working' }, reopened: 0 };
}

/** What does not fit the state changes nothing: a fold never fails over what somebody appended. */
function step(told: Told, event: Exclude<MatterEvent, { kind: 'matter-raised' }>, record: LogRecord, task: Task | undefined): Told {
  const { state } = told;
  switch (event.kind) {
    case 'matter-amended': return withTurn({ ...told, ...event.payload, state: state.kind === 'withdrawn' ? { kind: 'working' } : state }, { kind: 'amended', on: null, department: null, words: null }, record);
    case 'matter-withdrawn': return state.kind === 'working' ? withTurn({ ...told, state: { kind: 'withdrawn' } }, { kind: 'withdrawn', on: event.payload.on, department: null, words: null }, record) : told;
    case 'matter-word': return state.kind === 'working' ? withTurn({ ...told, wordOn: told.wordOn ?? event.payload.on }, { kind: 'word', ...event.payload }, record) : told;
    case 'matter-answered': {
      if (state.kind !== 'working' || task?.number !== event.payload.task) return told;
      const { department, words, on, checkOn } = event.payload;
      return withTurn({ ...told, wordOn: told.wordOn ?? on, answers: [...told.answers, { department, words, on, inTime: on <= task.dueOn }], state: { kind: 'answered', checkOn } }, { kind: 'answered', department, words, on }, record);
    }
    case 'matter-judged': return judged(told, event.payload, record);
    case 'matter-checked': return checked(told, event.payload, record);
    default: return event satisfies never;
  }
}

function judged(told: Told, { solved, reason, on }: Extract<MatterEvent, { kind: 'matter-judged' }>['payload'], record: LogRecord): Told {
  if (!mayJudge(told, solved)) return told;
  const turn = { on, department: null, words: reason === '' ? null : reason };
  if (solved) return withTurn({ ...told, state: { kind: 'solved', by: 'resident', on } }, { kind: 'solved', ...turn }, record);
  return withTurn({ ...told, state: { kind: 'working' }, reopened: told.reopened + (told.state.kind === 'unsolved' ? 0 : 1) }, { kind: 'unsolved', ...turn }, record);
}

function checked(told: Told, { department, solved, words, on }: Extract<MatterEvent, { kind: 'matter-checked' }>['payload'], record: LogRecord): Told {
  if (told.state.kind !== 'answered' || told.answers.some((answer) => answer.department === department)) return told;
  const turn = { on, department, words };
  if (solved) return withTurn({ ...told, state: { kind: 'solved', by: 'check', on } }, { kind: 'check-solved', ...turn }, record);
  return withTurn({ ...told, state: { kind: 'unsolved' }, reopened: told.reopened + 1 }, { kind: 'check-unsolved', ...turn }, record);
}

/** Whether the resident may say now that it is solved, or that it is not. What a check found they may overrule; what they said themselves stays. */
export function mayJudge({ state }: Pick<Matter, 'state'>, solved: boolean): boolean {
  if (state.kind === 'answered' || state.kind === 'unsolved') return true;
  return !solved && state.kind === 'solved' && state.by === 'check';
}

function withTurn(told: Told, turn: Omit<MatterTurn, 'at'>, { at }: LogRecord): Told {
  return { ...told, steps: [...told.steps, { kind: turn.kind, on: turn.on, department: turn.department, words: turn.words, at }] };
}
