import { createHash } from 'node:crypto';

/** A value that JSON holds exactly. Money is integer fen. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One entry of a stream: what happened, when, by whom, and the digests that chain it to the one before.
 *
 * The payload lies beside it, encrypted; here is only its salted digest, so that erasing a payload leaves the chain
 * whole and a digest tells nobody what was erased.
 */
export interface LogEntry {
  /** A name as `caseStream` and its neighbours make it. */
  readonly stream: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly kind: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** The id of the person or staff member, or `system`. */
  readonly actor: string;
  /** SHA-256 of salt and payload, 64 hex digits. */
  readonly payloadHash: string;
  /** The hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** What an entry says, for those who fold a stream. */
export interface LogRecord extends Pick<LogEntry, 'stream' | 'sequence' | 'kind' | 'at' | 'actor'> {
  /** The person, household or thing it is about; null: nobody in particular. */
  readonly subjectKey: string | null;
  /** The household of the subject, by which tables can be distributed; it gives nobody a right to read. */
  readonly householdKey: string | null;
  /** Undefined where it was erased. */
  readonly payload: Json | undefined;
}

/** The end of a stream: its last entry, or sequence 0 and zeros where it has none. */
export interface LogHead {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
}

/** What is to be appended: a kind, the bytes of its payload and a salt of 16 random bytes. */
export interface LogDraft {
  readonly kind: string;
  readonly payload: Uint8Array;
  readonly salt: Uint8Array;
}

/** Who appends, and when. */
export interface LogStamp {
  readonly at: string;
  readonly actor: string;
}

/** What is wrong with a stream, at its first bad entry. */
export type LogFault =
  /** The entry with this number is not there. */
  | { readonly kind: 'missing'; readonly stream: string; readonly sequence: number }
  /** Its fields are not those that were hashed. */
  | { readonly kind: 'altered'; readonly stream: string; readonly sequence: number }
  /** It does not follow the entry that stands before it. */
  | { readonly kind: 'unlinked'; readonly stream: string; readonly sequence: number }
  /** The payload beside it is not the one that was hashed. */
  | { readonly kind: 'payload-altered'; readonly stream: string; readonly sequence: number };

const NOTHING_BEFORE = '0'.repeat(64);
const FORMAT = 'minsheng-log-1';

/** The stream of one service for one subject: everything that happened between them. */
export const caseStream = (service: string, subjectKey: string): string => `case/${service}/${subjectKey}`;
/** The stream of one run over everybody. */
export const runStream = (id: string): string => `run/${id}`;
/** The stream of one writer of the access log. */
export const auditStream = (shard: string): string => `audit/${shard}`;
/** The stream of one account of a member of staff. */
export const accountStream = (id: string): string => `account/${id}`;
/** The stream of one payment batch. */
export const batchStream = (id: string): string => `batch/${id}`;
/** The stream of one bundle of letters. */
export const bundleStream = (id: string): string => `letters/${id}`;

/** The head of a stream that has no entry yet. */
export function emptyHead(stream: string): LogHead {
  return { stream, sequence: 0, hash: NOTHING_BEFORE };
}

/** The entries that continue a stream, in order. Throws where a text holds a control character: it could forge the hashed text. */
export function append(head: LogHead, drafts: readonly LogDraft[], by: LogStamp): readonly LogEntry[] {
  let { sequence, hash: previous } = head;
  return drafts.map(({ kind, payload, salt }) => {
    sequence += 1;
    const fields = { stream: head.stream, sequence, kind, at: by.at, actor: by.actor, payloadHash: hashOfPayload(salt, payload), previous };
    if (!isPlain(fields)) throw new Error('an entry of the log holds a control character');
    const hash = hashOfEntry(fields);
    previous = hash;
    return { ...fields, hash };
  });
}

/** What is wrong with the entries of one stream from its beginning; undefined where the chain is whole. */
export function checkChain(entries: readonly LogEntry[]): LogFault | undefined {
  let head = emptyHead(entries[0]?.stream ?? '');
  for (const entry of entries) {
    const fault = checkNext(head, entry);
    if (fault) return fault;
    head = entry;
  }
  return undefined;
}

/** What is wrong with an entry after the one before it; for chains too long to hold. */
export function checkNext(head: LogHead, entry: LogEntry): LogFault | undefined {
  const at = { stream: head.stream, sequence: head.sequence + 1 };
  if (entry.stream !== head.stream || entry.sequence !== at.sequence) return { kind: 'missing', ...at };
  if (!isPlain(entry) || hashOfEntry(entry) !== entry.hash) return { kind: 'altered', ...at };
  return entry.previous === head.hash ? undefined : { kind: 'unlinked', ...at };
}

/** Whether these are the salt and the payload that the entry was made with. */
export function checkPayload(entry: LogEntry, salt: Uint8Array, payload: Uint8Array): LogFault | undefined {
  return hashOfPayload(salt, payload) === entry.payloadHash ? undefined : { kind: 'payload-altered', stream: entry.stream, sequence: entry.sequence };
}

/** A payload as the bytes that are hashed: JSON without spaces in UTF-8, keys in the order they were given. */
export function bytesOfPayload(payload: Json): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(payload));
}

/**
 * SHA-256 of the canonical text of an entry, 64 hex digits.
 *
 * The text is eight lines joined by a line feed, without one at the end: `minsheng-log-1`, stream, sequence in
 * decimal, kind, at, actor, payloadHash, previous. No field holds a control character, so no two entries share a text.
 */
function hashOfEntry({ stream, sequence, kind, at, actor, payloadHash, previous }: Omit<LogEntry, 'hash'>): string {
  return createHash('sha256').update([FORMAT, stream, sequence, kind, at, actor, payloadHash, previous].join('\n')).digest('hex');
}

function hashOfPayload(salt: Uint8Array, payload: Uint8Array): string {
  return createHash('sha256').update(salt).update(payload).digest('hex');
}

function isPlain({ stream, kind, at, actor, payloadHash, previous }: Omit<LogEntry, 'hash'>): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f]/.test(stream + kind + at + actor + payloadHash + previous);
}
