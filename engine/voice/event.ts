import { z } from 'zod';
import { caseStream, day } from '#engine/casework/index.ts';
import type { EventOf, TaskEvent, TaskKind } from '#engine/casework/index.ts';

/** The five levels of a rating, the best first; the last two are bad and must be put right. */
export const RATING_LEVELS = ['very-satisfied', 'satisfied', 'fair', 'dissatisfied', 'very-dissatisfied'] as const;
export type RatingLevel = (typeof RATING_LEVELS)[number];

export function isBad(level: RatingLevel): boolean {
  return level === 'dissatisfied' || level === 'very-dissatisfied';
}

/** What a department has to answer to a resident. */
export const MATTER_KINDS = ['complaint', 'rating', 'suggestion'] as const satisfies readonly TaskKind[];
export type MatterKind = (typeof MATTER_KINDS)[number];

/** What of the city somebody had to do with: something granted, paid, done about them, or told. */
export const CONTACT_KINDS = ['grant', 'notice', 'payment', 'task'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Who acts on the stream of a matter in place of the resident, whose key must not stand there. */
export const RESIDENT = 'resident';

/** The stream of what one resident said: theirs alone, never with a task in it, so that no staff see it. */
export const voiceStream = (person: string): string => caseStream('voice', person);
/** The stream of one matter: its subject is the matter itself, so that staff who work on it do not learn whose it is. */
export const matterStream = (id: string): string => caseStream('matter', id);
/** The id of the matter whose stream it is; undefined where it is another case. */
export const matterOfStream = (stream: string): string | undefined => /^case\/matter\/(.+)$/.exec(stream)?.[1];

const number = z.int().positive();
const level = z.enum(RATING_LEVELS);
const rated = { level, reasons: z.array(z.string()), words: z.string(), reach: z.string().nullable() };
export const contactKey = z.strictObject({ kind: z.enum(CONTACT_KINDS), stream: z.string(), number: z.int() });
/** Which contact: the entry that made it; of a payment its first line of the ledger. */
export type ContactKey = z.output<typeof contactKey>;
export const photoMark = z.strictObject({ media: z.enum(['image/jpeg', 'image/png']), sha256: z.string() });
/** What a stored photo is: its kind and the SHA-256 of its cleaned bytes, in hex. */
export type PhotoMark = z.output<typeof photoMark>;

/** What a resident says, on their own stream. `matter`: the id of what a department has to do about it. */
export const VOICE_EVENTS = {
  'rating-given': z.strictObject({ contact: contactKey, service: z.string().nullable(), department: z.string(), ...rated, matter: z.string().nullable(), on: day }),
  'rating-changed': z.strictObject({ rating: number, ...rated, matter: z.string().nullable() }),
  'matter-sent': z.strictObject({ matter: z.string(), matterKind: z.enum(MATTER_KINDS), on: day }),
} as const;
export type VoiceEvent = EventOf<typeof VOICE_EVENTS>;

/** What happens to a matter, on its stream. `on`: the day in the city; `word-by`, `check-on`: what was promised then. */
export const MATTER_EVENTS = {
  'matter-raised': z.strictObject({
    matterKind: z.enum(MATTER_KINDS), service: z.string().nullable(), category: z.string().nullable(), area: z.string(), place: z.string(),
    level: level.nullable(), reasons: z.array(z.string()), words: z.string(), reach: z.string().nullable(), photo: photoMark.nullable(), on: day, wordBy: day,
  }),
  'matter-amended': z.strictObject(rated),
  'matter-withdrawn': z.strictObject({ on: day }),
  'matter-word': z.strictObject({ department: z.string(), words: z.string(), on: day }),
  'matter-answered': z.strictObject({ task: number, department: z.string(), words: z.string(), on: day, checkOn: day }),
  'matter-judged': z.strictObject({ solved: z.boolean(), reason: z.string(), on: day }),
  'matter-checked': z.strictObject({ task: number, department: z.string(), solved: z.boolean(), words: z.string(), on: day }),
} as const;
export type MatterEvent = EventOf<typeof MATTER_EVENTS>;
/** What a command appends to the stream of a matter. */
export type MatterStep = MatterEvent | TaskEvent;
