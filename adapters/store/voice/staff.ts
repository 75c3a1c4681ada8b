import { claim, handOver } from '#engine/casework/index.ts';
import type { Principal } from '#engine/ports.ts';
import { answer, checkSolved, giveWord } from '#engine/voice/index.ts';
import type { Matter, MatterKind, MatterStep, Saying, VoiceRefusal } from '#engine/voice/index.ts';
import { followMatter, tellAnswer } from './follow.ts';
import { appendToMatter, readMatter } from './read-model.ts';
import type { VoiceDoor } from './resident.ts';

export type Staff = Extract<Principal, { kind: 'staff' }>;

/** A matter as those see it who have an open task of it: what the resident wrote, never who it is. */
export async function matterForStaff({ database, vault }: Pick<VoiceDoor, 'database' | 'vault'>, who: Staff, id: string): Promise<Matter | undefined> {
  return database.read(who, 'work on what residents say', async (session) => (await readMatter(session, vault, id))?.matter);
}

/** A first word to the resident: it was seen, and this is what is done. Takes the task. */
export function sayFirstWord(door: VoiceDoor, who: Staff, id: string, words: string): Promise<VoiceRefusal | undefined> {
  return act(door, who, id, (matter, saying) => giveWord(matter, who, words, saying));
}

/** Takes the task of a matter. */
export function claimMatter(door: VoiceDoor, who: Staff, id: string): Promise<VoiceRefusal | undefined> {
  return act(door, who, id, ({ task }) => claim(task, who));
}

/** Gives a matter to the department whose it is; its limit runs on. */
export function handOverMatter(door: VoiceDoor, who: Staff, id: string, to: { readonly department: string; readonly area: string; readonly reason: string }): Promise<VoiceRefusal | undefined> {
  return act(door, who, id, ({ task }) => handOver(task, who, to));
}

/** Answers a complaint or a suggestion, in words; the resident is told, and says whether it is solved. */
export function answerComplaint(door: VoiceDoor, who: Staff, id: string, words: string): Promise<VoiceRefusal | undefined> {
  return answerAs(door, who, id, words, ['complaint', 'suggestion']);
}

/** Says what was put right of what was rated badly; the resident is told, and says whether it is solved. */
export function correctRating(door: VoiceDoor, who: Staff, id: string, words: string): Promise<VoiceRefusal | undefined> {
  return answerAs(door, who, id, words, ['rating']);
}

async function answerAs(door: VoiceDoor, who: Staff, id: string, words: string, kinds: readonly MatterKind[]): Promise<VoiceRefusal | undefined> {
  const refused = await act(door, who, id, (matter, saying) => (kinds.includes(matter.kind) ? answer(matter, who, words, saying) : { kind: 'matter-unknown' }));
  if (!refused) await tellAnswer(door, id);
  return refused;
}

/** Another department says whether it is solved; where it is not, the task is open again. */
export async function checkMatter(door: VoiceDoor, who: Staff, id: string, found: { readonly solved: boolean; readonly words: string }): Promise<VoiceRefusal | undefined> {
  const refused = await act(door, who, id, (matter, saying) => checkSolved(matter, who, found, saying));
  if (!refused) await followMatter(door, id);
  return refused;
}

async function act({ database, vault, random, now, saying }: VoiceDoor, who: Staff, id: string, command: (matter: Matter, saying: Saying) => readonly MatterStep[] | VoiceRefusal): Promise<VoiceRefusal | undefined> {
  return database.write(who, 'work on what residents say', async (session) => {
    const found = await readMatter(session, vault, id);
    if (!found) return { kind: 'matter-unknown' };
    const steps = command(found.matter, saying);
    if ('kind' in steps) return steps;
    await appendToMatter({ session, vault, by: { at: now, actor: who.id, random } }, id, found.records, steps);
    return undefined;
  });
}
