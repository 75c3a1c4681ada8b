import { nameOfNoticeKind } from '#engine/casework/index.ts';
import type { NoticeContent, NoticeKind } from '#engine/casework/index.ts';
import { partsOf, render } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale, Messages } from '#engine/kernel/index.ts';
import type { ElectronicChannel } from './channel.ts';
import { CODE_MINUTES } from './contact.ts';
import type { Message } from './post.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The words of the room. */
export const CONTACT_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** What a message is about. Of a notice no more is told than that there is one: mail and telephones are read by others too. */
export type MessageCause =
  | { readonly kind: 'notice'; readonly noticeKind: NoticeKind; readonly service: string | null; readonly respondBy: CalendarDate | null }
  /** Where somebody hears was changed: told where they heard until then, for whoever changed it may have been somebody else. */
  | { readonly kind: 'address-changed'; readonly on: CalendarDate }
  /** A code to prove an address; null where it was used, or replaced by another. */
  | { readonly kind: 'code'; readonly code: string | null };

/** What somebody is told whose addresses were changed, on a day; `phone`: whom to call if it was not they. */
export function noticeOfChange(on: CalendarDate, phone: string): NoticeContent {
  return { noticeKind: 'address', template: 'notice.address-changed', values: { on: { day: on }, phone }, service: null, respondBy: null };
}

/** Who writes, and how a message is written. */
export interface Letterhead {
  readonly locale: Locale;
  /** What the city calls its site. */
  readonly site: string;
  readonly phone: string;
  /** Where residents sign in. */
  readonly url: string;
  readonly service: (id: string) => string;
}

/** The words that leave on a way. No name, no amount, no fact is among them. */
export function messageOf(channel: ElectronicChannel, told: MessageCause, head: Letterhead): Pick<Message, 'subject' | 'text'> {
  const say = (key: string, data: Readonly<Record<string, string | number>> = {}): string => render(CONTACT_MESSAGES[head.locale], key, { site: head.site, phone: head.phone, url: head.url, ...data });
  if (told.kind === 'code') {
    const data = { code: told.code ?? '******', minutes: CODE_MINUTES };
    return { subject: say('code.subject'), text: say(`code.${channel}`, data) };
  }
  if (told.kind === 'address-changed') return { subject: say('changed.subject'), text: say(`changed.${channel}`, { day: dayIn(told.on, head.locale) }) };
  const kind = nameOfNoticeKind(told.noticeKind, head.locale);
  const what = told.service === null ? kind : say('notice.what', { kind, service: head.service(told.service) });
  const by = told.respondBy === null ? '' : say('notice.by', { day: dayIn(told.respondBy, head.locale) });
  return { subject: say('notice.subject', { kind }), text: say(`notice.${channel}`, { what, by }) };
}

const MONTHS = ['month.1', 'month.2', 'month.3', 'month.4', 'month.5', 'month.6', 'month.7', 'month.8', 'month.9', 'month.10', 'month.11', 'month.12'] as const;

function dayIn(date: CalendarDate, locale: Locale): string {
  const { year, month, day } = partsOf(date);
  return render(CONTACT_MESSAGES[locale], 'day', { year, month: render(CONTACT_MESSAGES[locale], MONTHS[month - 1] ?? 'month.1'), day });
}
