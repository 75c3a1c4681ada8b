import { z } from 'zod';
import { render } from '#engine/kernel/index.ts';
import type { CalendarDate, Messages } from '#engine/kernel/index.ts';
import { day, eventOf } from './event.ts';
import type { EventOf } from './event.ts';
import type { Folding } from './fold.ts';

/** What a resident is told. A new kind is a new word here and its name in the messages. */
export const NOTICE_KINDS = ['account', 'address', 'answered', 'changed', 'confirmation', 'decision', 'done-for', 'ended', 'granted', 'reconsideration', 'recovery'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a notice can be answered: what it grants refused, what it asks confirmed. */
export const NOTICE_REPLIES = ['refused', 'confirmed'] as const;
export type NoticeReply = (typeof NOTICE_REPLIES)[number];

/**
 * What stands in a slot of the words of a notice. Only the value is kept: the reader's language says how a sum, a day
 * or the name of a service is written.
 */
const noticeValue = z.union([z.string(), z.int(), z.strictObject({ fen: z.int() }), z.strictObject({ day }), z.strictObject({ service: z.string() })]);
export type NoticeValue = z.output<typeof noticeValue>;
export type NoticeValues = Readonly<Record<string, NoticeValue>>;

/** A notice to a resident. Its values stand in its entry of the log, its words in the messages. */
export interface Notice {
  readonly stream: string;
  /** The sequence of the entry that gave it: its name within the stream. */
  readonly number: number;
  /** The sequence of the last entry that changed it. */
  readonly sequence: number;
  readonly kind: NoticeKind;
  /** The key of its words in the messages. */
  readonly template: string;
  readonly service: string | null;
  readonly subjectKey: string;
  readonly householdKey: string | null;
  readonly givenAt: string;
  /** The last day on which it can be answered; null: any day. */
  readonly respondBy: CalendarDate | null;
  readonly reply: { readonly kind: NoticeReply; readonly by: string; readonly at: string } | null;
}

/** What can happen to a notice. */
export const NOTICE_EVENTS = {
  /** `channels`: the ways on which it also leaves the house; it always stands on the resident's own page. */
  'notice-given': z.strictObject({ noticeKind: z.enum(NOTICE_KINDS), template: z.string(), values: z.record(z.string(), noticeValue), service: z.string().nullable(), respondBy: day.nullable(), channels: z.array(z.string()) }),
  'notice-replied': z.strictObject({ notice: z.int().positive(), reply: z.enum(NOTICE_REPLIES) }),
} as const;
export type NoticeEvent = EventOf<typeof NOTICE_EVENTS>;

/** What a notice says, before it is decided on which ways it also leaves: that is done where it is appended. */
export type NoticeContent = Omit<Extract<NoticeEvent, { kind: 'notice-given' }>['payload'], 'channels'>;

/** The notices of a stream. One that is about nobody is none. */
export const NOTICES: Folding<Notice> = {
  concerns: (record) => {
    const event = eventOf(NOTICE_EVENTS, record);
    return event && ('notice' in event.payload ? event.payload.notice : record.sequence);
  },
  step: (notice, record) => {
    const { stream, sequence, subjectKey, householdKey, at, actor } = record;
    const event = eventOf(NOTICE_EVENTS, record);
    if (event?.kind === 'notice-replied') return notice && { ...notice, sequence, reply: { kind: event.payload.reply, by: actor, at } };
    if (event === undefined || subjectKey === null) return notice;
    const { noticeKind: kind, template, service, respondBy } = event.payload;
    return { stream, number: sequence, sequence, kind, template, service, subjectKey, householdKey, givenAt: at, respondBy, reply: null };
  },
};

/** Why an answer to a notice does nothing. */
export type NoticeRefusal =
  | { readonly kind: 'notice-answered'; readonly reply: NoticeReply }
  | { readonly kind: 'notice-asks-nothing' }
  | { readonly kind: 'notice-too-late'; readonly respondBy: CalendarDate };

/** What each answer can be given to; anything else that is told is objected to, not refused. */
const ANSWERABLE: Readonly<Record<NoticeReply, readonly NoticeKind[]>> = { confirmed: ['confirmation'], refused: ['confirmation', 'granted'] };

/** Answers a notice on a day. The same answer again changes nothing; only what asks for confirmation can be confirmed, and only what is given or asked refused. */
export function replyTo({ number, kind, reply, respondBy }: Notice, answer: NoticeReply, today: CalendarDate): readonly NoticeEvent[] | NoticeRefusal {
  if (reply) return reply.kind === answer ? [] : { kind: 'notice-answered', reply: reply.kind };
  if (!ANSWERABLE[answer].includes(kind)) return { kind: 'notice-asks-nothing' };
  if (respondBy !== null && today > respondBy) return { kind: 'notice-too-late', respondBy };
  return [{ kind: 'notice-replied', payload: { notice: number, reply: answer } }];
}

/** How values are written in the reader's language. */
export interface NoticeWriting {
  readonly messages: Messages;
  readonly fen: (fen: number) => string;
  readonly day: (day: CalendarDate) => string;
  readonly service: (id: string) => string;
}

/** The words of a notice. */
export function wordsOf(template: string, values: NoticeValues, writing: NoticeWriting): string {
  return render(writing.messages, template, Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, write(value, writing)])));
}

function write(value: NoticeValue, { fen, day: dayOf, service }: NoticeWriting): string | number {
  if (typeof value !== 'object') return value;
  if ('fen' in value) return fen(value.fen);
  return 'day' in value ? dayOf(value.day) : service(value.service);
}
