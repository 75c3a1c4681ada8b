import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import type { EvidenceRefusal, GivenFile, Person } from '#engine/record/index.ts';
import type { ApplyRefusal, ApplyStep, FollowRefusal } from './apply.ts';
import type { Reconsideration } from './reconsideration.ts';

/** A step as pages name it: the server finds out when they were told, and attaches the file. */
export type TypedStep = { readonly do: 'choose'; readonly notice: number | null } | { readonly do: 'send' } | Exclude<ApplyStep, { readonly do: 'choose' | 'send' }>;

/** Something that somebody was told in a case, and could challenge. */
export interface ToldBefore {
  readonly number: number;
  /** In the words in which it was told. */
  readonly says: { readonly zh: string; readonly en: string };
  readonly on: CalendarDate;
  /** The last day to apply; null where any day will do. */
  readonly lastDay: CalendarDate | null;
}

/** What a resident starts from about a service: what they could challenge, and what they applied for before. */
export interface Challengeable {
  readonly told: readonly ToldBefore[];
  readonly applications: readonly Reconsideration[];
}

/** Why nothing was done; somebody else's is as unknown as what is not there. */
export type RemedyRefusal = ApplyRefusal | FollowRefusal | 'no-remedy' | 'not-about-you' | 'told-unknown';

/** A paper as it was kept. */
export interface KeptPaper {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Which task of which stream. */
export interface TaskPlaceName {
  readonly stream: string;
  readonly number: number;
}

/** Who reads a file: when they last proved who they are, as an instant, and through what they read. */
export interface FileAsked {
  readonly provenAt: string;
  readonly through: string;
}

/** What they get to read. `prove-again`: it holds sensitive facts, so they prove first who they are. */
export type FileRead = { readonly kind: 'application'; readonly application: Reconsideration } | { readonly kind: 'prove-again' };

/** Applications for reconsideration: those of a resident, under their own rights, and what the organ reads of them. */
export interface Remedies {
  /** Undefined where the service has no remedy that is applied for here, or is not for them. */
  readonly about: (person: Person, service: string) => Promise<Challengeable | undefined>;
  /** Their own, drafts too, the newest first. */
  readonly own: (person: Person) => Promise<readonly Reconsideration[]>;
  /** Goes one step on with the application about a service, or begins it. The same step again changes nothing. */
  readonly step: (person: Person, service: string, step: TypedStep) => Promise<RemedyRefusal | undefined>;
  /** Keeps a paper at once: for a draft, or for what the organ asked for. The same paper again is kept once. */
  readonly keep: (person: Person, number: number, file: GivenFile) => Promise<EvidenceRefusal | RemedyRefusal | undefined>;
  readonly complete: (person: Person, number: number, says: string) => Promise<RemedyRefusal | undefined>;
  readonly withdraw: (person: Person, number: number, because: string) => Promise<RemedyRefusal | undefined>;
  /** A paper of their own. */
  readonly paper: (person: Person, number: number) => Promise<KeptPaper | undefined>;
  /** The application that an open task is about, given after it is on record that it was read; undefined where it is not theirs to see. */
  readonly read: (who: Staff, task: TaskPlaceName, asked: FileAsked) => Promise<FileRead | undefined>;
  /** A paper of such an application; `paper` is its entry. */
  readonly readPaper: (who: Staff, task: TaskPlaceName, paper: number, asked: FileAsked) => Promise<KeptPaper | undefined>;
}
