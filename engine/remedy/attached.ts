import { z } from 'zod';
import { day } from '#engine/casework/index.ts';

/**
 * What is attached to an application: what the city held about the case on the day it was sent, in the words in which it
 * was shown, so that nobody can change it afterwards. It is written in the language of the procedure.
 */
export const ATTACHED = z.strictObject({
  madeOn: day,
  service: z.string(),
  /** Who decided, by id. */
  department: z.string(),
  /** The digest of the rules, and the day whose law was asked. */
  release: z.string(),
  lawOn: day,
  /** What is challenged: what the person was told and when; no day: it stood on their page. */
  told: z.strictObject({ says: z.string(), on: day.nullable() }),
  /** What the rules come to for the facts of the day it was made; null where that could not be worked out. */
  answer: z.string().nullable(),
  /** Each clause with what it comes to, and the law that it carries out; null where nobody has read one. */
  reasons: z.array(z.strictObject({ held: z.enum(['yes', 'no', 'unknown']), says: z.string(), law: z.string().nullable() })),
  /** Each fact that was read, with whoever holds it and the day on which it was seen to be so; no value: it was missing. */
  facts: z.array(z.strictObject({ name: z.string(), value: z.string().nullable(), holder: z.string().nullable(), observedOn: z.string().nullable() })),
  /** What the person was told in this case before, the newest first. */
  notices: z.array(z.strictObject({ on: day, says: z.string() })),
  /** The entries of the case in order, each with its place in the chain. */
  entries: z.array(z.strictObject({ sequence: z.int().positive(), at: z.string(), by: z.enum(['resident', 'system', 'staff']), says: z.string(), hash: z.string() })),
});
export type Attached = z.output<typeof ATTACHED>;
