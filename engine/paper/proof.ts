import { z } from 'zod';
import { day } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';

/** What a proof says: that somebody is, or is not, entitled to a service by the law and the facts of a day. */
export const PROOF = z.strictObject({
  service: z.string(),
  /** The holder's name with all but its first character hidden: enough for whoever holds the paper to compare. */
  name: z.string(),
  verdict: z.enum(['yes', 'no']),
  /** Fen a period, and the period; null where the service brings no money or the verdict is no. */
  amountFen: z.int().nullable(),
  per: z.string().nullable(),
  lawOn: day,
  /** The digest of the pack that decided. */
  release: z.string(),
});
export type Proof = z.output<typeof PROOF>;

/** A proof as it was given out. */
export interface GivenProof {
  readonly proof: Proof;
  readonly givenAt: string;
  /** The last day on which it may be relied on: facts change. */
  readonly until: CalendarDate;
}

type Person = Extract<Principal, { kind: 'person' }>;

/** What pages ask about proofs. */
export interface Proofs {
  /** Gives one out; the code is told here and nowhere else. */
  readonly give: (principal: Person, subjectKey: string, proof: Proof) => Promise<{ readonly code: string; readonly until: CalendarDate }>;
  /** What a code proves, for anybody who has it; undefined where it proves nothing: never given, or mistyped. */
  readonly check: (code: string) => Promise<GivenProof | undefined>;
}

/** A name that tells its holder and nobody else: 何德明 becomes 何**. */
export function maskedName(name: string): string {
  return Array.from(name, (letter, at) => (at === 0 ? letter : '*')).join('');
}
