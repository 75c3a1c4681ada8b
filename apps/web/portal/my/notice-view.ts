import { nameOfNoticeKind, wordsOf as noticeWords } from '#engine/casework/index.ts';
import type { NoticeReply } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { CONTACT_MESSAGES } from '#engine/contact/index.ts';
import { cycleOn, ENTITLEMENT_MESSAGES, isDemoStandard, monthOf } from '#engine/entitlement/index.ts';
import type { Cycle } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale, Messages } from '#engine/kernel/index.ts';
import type { Affairs, OwnNotice } from '#engine/mine/index.ts';
import { REMEDY_MESSAGES } from '#engine/remedy/index.ts';
import { dayNumber, numeral } from '#engine/rules/index.ts';
import { RECORD_MESSAGES } from '#engine/record/index.ts';
import { ANSWERED_NOTICE, VOICE_MESSAGES } from '#engine/voice/index.ts';
import { day } from '../../format.ts';
import { wordsOf } from '../../words.ts';
import type { MessageId, Say } from '../../words.ts';

/** A notice as pages show it. */
export interface NoticeView {
  readonly service: string;
  readonly number: number;
  readonly path: string;
  readonly kind: string;
  readonly says: string;
  readonly given: string;
  /** The last day to answer; undefined where nothing is asked. */
  readonly respondBy: CalendarDate | undefined;
  readonly state: 'asks' | 'may-refuse' | 'answered' | 'late' | 'told';
  /** What can be answered now. */
  readonly replies: readonly NoticeReply[];
  readonly reply: NoticeReply | undefined;
  /** Whether another account is what helps. */
  readonly wantsAccount: boolean;
  /** Whether it names money that rests on what is for demonstration. */
  readonly demo: boolean;
}

export function noticeView(city: City, notice: OwnNotice, locale: Locale): NoticeView {
  const { service, number, kind, template, values, givenOn, respondBy, reply } = notice;
  const t = wordsOf(locale);
  const state = stateOf(notice, city.today);
  const writing = { messages: messagesOf(notice, locale), fen: (fen: number) => t('entitled.amount', { amount: numeral(fen, 2) }), day: (on: CalendarDate) => day(on, locale), service: (id: string) => { const found = city.pack.services.get(id); return found ? say(found.name, locale) : id; } };
  return {
    service: service ?? '', number, path: pathOf(notice), kind: nameOfNoticeKind(kind, locale),
    says: values ? noticeWords(template, { ...values, per: perWords(city, notice, t) }, writing) : t('my.notice-erased'),
    given: day(givenOn, locale), demo: service !== null && Object.values(values ?? {}).some((one) => typeof one === 'object' && 'fen' in one && one.fen !== 0) && isDemoStandard(city.demoServices().get(service)), respondBy: respondBy ?? undefined, state, reply: reply?.kind,
    wantsAccount: template === 'notice.returned',
    replies: state === 'asks' ? ['confirmed', 'refused'] : state === 'may-refuse' ? ['refused'] : [],
  };
}

/** How often the money of a notice is paid, as its service says in the month it was given: every month, every year, once. */
function perWords({ pack }: City, { service, givenOn }: OwnNotice, t: Say): string {
  const found = service === null ? undefined : pack.services.get(service);
  const per = found && cycleOn(found, monthOf(dayNumber(givenOn)));
  return per === undefined ? '' : t(PER[per]);
}

const PER = { once: 'my.per-once', day: 'my.per-day', month: 'my.per-month', year: 'my.per-year', use: 'my.per-use' } as const satisfies Record<Cycle, MessageId>;

/** The words of the room that gave the notice. */
function messagesOf({ kind, template }: OwnNotice, locale: Locale): Messages {
  if (kind === 'address') return CONTACT_MESSAGES[locale];
  if (kind === 'reconsideration') return REMEDY_MESSAGES[locale];
  if (template === ANSWERED_NOTICE) return VOICE_MESSAGES[locale];
  return RECORD_MESSAGES[locale][template] === undefined ? ENTITLEMENT_MESSAGES[locale] : RECORD_MESSAGES[locale];
}

/** The page of a notice; of an answer the page that holds it, with what can be asked next. */
function pathOf({ kind, template, values, service, number }: OwnNotice): string {
  if (kind === 'account' && service === null) return '/my/account';
  if (kind === 'address') return '/my/contact';
  if (kind === 'reconsideration') return `/my/reconsideration/${wordIn(values, 'number')}`;
  if (template === ANSWERED_NOTICE) return `/my/voice/${wordIn(values, 'number')}`;
  return service === null ? `/my/facts/${wordIn(values, 'fact')}` : `/my/notices/${service}/${String(number)}`;
}

function wordIn(values: OwnNotice['values'], slot: string): string {
  const word = values?.[slot];
  return typeof word === 'number' || typeof word === 'string' ? String(word) : '';
}

function stateOf({ kind, reply, respondBy }: OwnNotice, today: CalendarDate): NoticeView['state'] {
  if (reply) return 'answered';
  if (kind !== 'confirmation' && kind !== 'granted') return 'told';
  if (respondBy !== null && today > respondBy) return 'late';
  return kind === 'confirmation' ? 'asks' : 'may-refuse';
}

/** The notice that an address names; undefined where it is none of theirs. */
export function noticeAt({ notices }: Affairs, service: string, number: string): OwnNotice | undefined {
  return notices.find((one) => one.service === service && String(one.number) === number);
}
