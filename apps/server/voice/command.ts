import { z } from 'zod';
import { answerComplaint, checkMatter, claimMatter, correctRating, followVoice, handOverMatter, matterForStaff, openTasks, sayFirstWord } from '#adapters/store/index.ts';
import type { Staff, VoiceDoor } from '#adapters/store/index.ts';
import type { Task } from '#engine/casework/index.ts';
import { cleanWords, MATTER_KINDS } from '#engine/voice/index.ts';
import type { Matter, VoiceRefusal } from '#engine/voice/index.ts';
import { readPack } from '../read-pack.ts';
import type { StoreHold } from '../store-command.ts';
import { sayingIn } from './saying.ts';

/*
 * What staff do about what residents say, by name: the same through the socket of a running city and from a command line
 * that found none running. Who does it stands in `as`, and sees and changes only what their department has.
 */

const as = z.strictObject({ id: z.string().regex(/^[\w.@-]{1,64}$/), department: z.string(), areas: z.array(z.string()).default([]) });
const about = { pack: z.string(), as, matter: z.string().max(32) };
const words = z.string().max(20_000).transform(cleanWords);

/** What can be asked: `do` names it. */
export const VOICE_ORDER = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('tasks'), as }),
  z.strictObject({ do: z.literal('matter'), ...about }),
  z.strictObject({ do: z.literal('claim'), ...about }),
  z.strictObject({ do: z.literal('word'), ...about, words }),
  z.strictObject({ do: z.literal('answer'), ...about, words }),
  z.strictObject({ do: z.literal('correct'), ...about, words }),
  z.strictObject({ do: z.literal('hand-over'), ...about, department: z.string(), area: z.string(), reason: words }),
  z.strictObject({ do: z.literal('check'), ...about, solved: z.boolean(), words }),
  z.strictObject({ do: z.literal('follow'), pack: z.string() }),
]);
export type VoiceOrder = z.output<typeof VOICE_ORDER>;

export type VoiceCommandAnswer =
  | { readonly kind: 'key-missing' | 'pack-unusable' | 'voice-absent' }
  | { readonly kind: 'tasks'; readonly tasks: readonly Task[] }
  | { readonly kind: 'matter'; readonly matter: Matter | null }
  | { readonly kind: 'followed'; readonly matters: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusal: VoiceRefusal };

const KINDS: ReadonlySet<string> = new Set([...MATTER_KINDS, 'solved-check']);

/** Does what is asked. */
export async function doVoiceCommand({ database, vault, clock, random }: StoreHold, input: unknown): Promise<VoiceCommandAnswer> {
  if (!vault) return { kind: 'key-missing' };
  const order = VOICE_ORDER.parse(input);
  if (order.do === 'tasks') {
    const tasks = await database.read(staffOf(order.as), 'what residents say', (session) => openTasks(session, { limit: 500 }));
    return { kind: 'tasks', tasks: tasks.filter(({ kind }) => KINDS.has(kind)) };
  }
  const reading = readPack(order.pack);
  if (reading.kind !== 'pack') return { kind: 'pack-unusable' };
  const saying = sayingIn(reading.pack, clock.today(reading.pack.plan.calendar.zone));
  if (!saying) return { kind: 'voice-absent' };
  const door: VoiceDoor = { database, vault, random, now: clock.now(), saying };
  if (order.do === 'follow') return { kind: 'followed', matters: await followVoice(door) };
  const who = staffOf(order.as);
  if (order.do === 'matter') return { kind: 'matter', matter: (await matterForStaff(door, who, order.matter)) ?? null };
  const refusal = await carryOut(door, who, order);
  return refusal ? { kind: 'refused', refusal } : { kind: 'done' };
}

function carryOut(door: VoiceDoor, who: Staff, order: Exclude<VoiceOrder, { do: 'tasks' | 'matter' | 'follow' }>): Promise<VoiceRefusal | undefined> {
  switch (order.do) {
    case 'claim': return claimMatter(door, who, order.matter);
    case 'word': return sayFirstWord(door, who, order.matter, order.words);
    case 'answer': return answerComplaint(door, who, order.matter, order.words);
    case 'correct': return correctRating(door, who, order.matter, order.words);
    case 'hand-over': return handOverMatter(door, who, order.matter, order);
    case 'check': return checkMatter(door, who, order.matter, order);
    default: return order satisfies never;
  }
}

/** Whoever runs the command answers for the one they name, as with a token of a test principal. */
function staffOf({ id, department, areas }: z.output<typeof as>): Staff {
  return { kind: 'staff', id, department, areas, roles: ['case-officer'] };
}
