import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import type { Mandate, MandateRefusal, MandateScope, SeenPaper, WrittenRefusal } from './mandate.ts';

/** A child whom somebody looks after by law, and for whom they act without a mandate. */
export interface Ward {
  readonly key: string;
  readonly householdKey: string | null;
  /** The day of birth (yyyymmdd); undefined where it is not known. */
  readonly born: number | undefined;
}

/** For whom somebody may act, and who may act for them. */
export interface FamilyOf {
  readonly wards: readonly Ward[];
  /** What they have given, the newest first; those who took it may act. */
  readonly given: readonly Mandate[];
  /** What was given to them and holds today. */
  readonly held: readonly Mandate[];
}

/** By what right somebody acts for another. */
export interface ActingFor {
  readonly by: 'guardian' | 'mandate';
  readonly scope: MandateScope;
  /** What the other is called; undefined for a child, of whom the city is told no name. */
  readonly name: string | undefined;
}

/** What a member of staff is called where they act for a resident: never the key of anybody. */
export const helperId = (staff: string): string => `staff:${staff}`;

type Person = Extract<Principal, { kind: 'person' }>;

type Staff = Extract<Principal, { kind: 'staff' }>;

/** Mandates that residents sign on paper at a window, for the helper who stands before them. */
export interface WrittenMandates {
  /** Records what was signed; it gives nothing yet. */
  readonly write: (who: Staff, terms: { readonly subjectKey: string; readonly giver: string; readonly taker: string; readonly scope: MandateScope; readonly until: CalendarDate; readonly seen: SeenPaper }) => Promise<{ readonly kind: 'written' } | WrittenRefusal>;
  /** Those that wait for a second member of staff. */
  readonly waiting: () => Promise<readonly Mandate[]>;
  readonly witness: (who: Staff, of: Pick<Mandate, 'subjectKey' | 'number'>) => Promise<{ readonly kind: 'witnessed' } | WrittenRefusal>;
  /** Ends whatever helpers hold of a resident who asks for it at the window or by telephone; gives how many there were. */
  readonly end: (who: Staff, subjectKey: string) => Promise<number>;
}

/** What pages ask of the family of a resident. */
export interface Family {
  readonly of: (principal: Person) => Promise<FamilyOf>;
  /** Offers a mandate; the code is told here and nowhere else. */
  readonly offer: (principal: Person, terms: { readonly giver: string; readonly scope: MandateScope; readonly until: CalendarDate }) => Promise<{ readonly kind: 'offered'; readonly code: string; readonly offerEnds: string } | MandateRefusal>;
  readonly take: (principal: Person, terms: { readonly taker: string; readonly code: string }) => Promise<{ readonly kind: 'taken'; readonly subjectKey: string } | MandateRefusal>;
  readonly revoke: (principal: Person, number: number) => Promise<{ readonly kind: 'revoked' } | MandateRefusal>;
  /** By what right one may act for another now; undefined where there is none. */
  readonly mayActFor: (own: string, other: string) => Promise<ActingFor | undefined>;
  readonly written: WrittenMandates;
}
