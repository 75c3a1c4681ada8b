import { answerComplaint, checkMatter, claimMatter, correctRating, handOverMatter, readStream } from '#adapters/store/index.ts';
import type { VoiceDoor } from '#adapters/store/index.ts';
import type { Task } from '#engine/casework/index.ts';
import type { ConsoleRefusal, TaskCommand } from '#engine/console/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { DISPUTE_CASE, disputesIn } from '#engine/record/index.ts';
import { cleanWords, matterOfStream } from '#engine/voice/index.ts';
import type { VoiceRefusal } from '#engine/voice/index.ts';
import { answerDispute } from '../record/answer.ts';
import { answerApplication, workedOnIt } from '../remedy/index.ts';
import { sayingIn } from '../voice/saying.ts';
import type { ConsoleInput } from './console.ts';
import { LONGEST_REASON } from './step.ts';

/** What somebody waits for an answer to is worked on by the room whose case it is: it tells them. */
export type Answers = (who: Staff, task: Task, command: TaskCommand) => Promise<'done' | ConsoleRefusal | undefined> | undefined;

/** How the work on such a task is carried out; undefined for a task that ends with the word of whoever does it. */
export function answersOf(input: ConsoleInput): Answers {
  return (who, task, command) => {
    const matter = matterOfStream(task.stream);
    if (matter !== undefined) return aboutMatter(input, who, { task, command, matter });
    if (task.kind.startsWith('reconsideration-')) return aboutApplication(input, who, task, command);
    if (command.do === 'complete' && task.subjectKey !== null && task.stream === `case/${DISPUTE_CASE}/${task.subjectKey}`) return aboutDispute(input, who, { task, outcome: command.outcome, because: command.reason, person: task.subjectKey });
    return undefined;
  };
}

async function aboutMatter({ database, vault, random, clock, city }: ConsoleInput, who: Staff, { task, command, matter }: { readonly task: Task; readonly command: TaskCommand; readonly matter: string }): Promise<'done' | ConsoleRefusal> {
  const { pack, today } = city();
  const saying = sayingIn(pack, today);
  if (!saying) return { kind: 'task-unknown' };
  const door: VoiceDoor = { database, vault, random, now: clock.now(), saying };
  const words = 'reason' in command ? cleanWords(command.reason) : '';
  const told = (refusal: VoiceRefusal | undefined): 'done' | ConsoleRefusal => (refusal ? refusedBy(refusal) : 'done');
  switch (command.do) {
    case 'claim': return told(await claimMatter(door, who, matter));
    case 'complete':
      if (task.kind === 'rating') return told(await correctRating(door, who, matter, words));
      if (task.kind === 'solved-check') return told(await checkMatter(door, who, matter, { solved: command.outcome === 'found-solved', words }));
      return told(await answerComplaint(door, who, matter, words));
    case 'put-back': return told(await handOverMatter(door, who, matter, { department: task.department, area: task.area, reason: words }));
    case 'hand-over': return told(await handOverMatter(door, who, matter, { department: command.department, area: task.area, reason: words }));
    // Whether it is over is for the resident to say.
    case 'reopen': return { kind: 'not-allowed' };
    default: return command satisfies never;
  }
}

function refusedBy(refusal: VoiceRefusal): ConsoleRefusal {
  switch (refusal.kind) {
    case 'task-not-yours': case 'task-done': case 'task-not-done': case 'task-claimed': case 'reason-missing': return refusal;
    case 'words-missing': return { kind: 'reason-missing' };
    case 'matter-unknown': return { kind: 'task-unknown' };
    case 'checks-itself': return { kind: 'not-allowed' };
    case 'words-too-long': return { kind: 'words-too-long' };
    case 'contact-too-old': case 'rating-acted-on': case 'reason-unknown': case 'not-answered': return { kind: 'changed-meanwhile' };
    default: return refusal satisfies never;
  }
}

/** A reconsideration stays with the organ, and what is over in it stays so. Undefined: as any other task. */
async function aboutApplication(input: ConsoleInput, who: Staff, task: Task, command: TaskCommand): Promise<'done' | ConsoleRefusal | undefined> {
  switch (command.do) {
    case 'complete': return answerApplication(input, who, task, { outcome: command.outcome, reason: command.reason.trim().slice(0, LONGEST_REASON) });
    case 'claim': return (await workedOnIt(input, who, task)) ? { kind: 'worked-on-it' } : undefined;
    case 'hand-over': return { kind: 'organ-only' };
    case 'reopen': return { kind: 'not-allowed' };
    case 'put-back': return undefined;
    default: return command satisfies never;
  }
}

/** The one whose fact it is gets the answer, and is decided anew with it. */
async function aboutDispute(input: ConsoleInput, who: Staff, { task, outcome, because, person }: { readonly task: Task; readonly outcome: string; readonly because: string; readonly person: string }): Promise<'done' | ConsoleRefusal> {
  if (because.trim() === '') return { kind: 'reason-missing' };
  const disputes = await input.database.read(who, 'answer a dispute', async (session) => disputesIn(await readStream(session, input.vault, task.stream)));
  const dispute = disputes.find(({ sent }) => sent?.task === task.number);
  if (!dispute) return { kind: 'task-unknown' };
  const { id, department, areas, roles } = who;
  const answered = await answerDispute(input, { person, dispute: dispute.number, as: { kind: 'staff', id, department, areas: [...areas], roles: [...roles] }, outcome: outcome === 'corrected' ? 'accepted' : 'refused', because: because.trim().slice(0, 1_000) });
  switch (answered.kind) {
    case 'answered': return 'done';
    case 'dispute-unknown': case 'day-wrong': return { kind: 'task-unknown' };
    case 'refused': return answered.refusal;
    default: return answered satisfies never;
  }
}
