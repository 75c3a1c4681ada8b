import { nameOfNoticeKind, wordsOf as noticeWords } from '#engine/casework/index.ts';
import type { NoticeReply } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { cycleOn, ENTITLEMENT_MESSAGES, isDemoStandard, monthOf } from '#engine/entitlement/index.ts';
import type { Cycle } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { Affairs, OwnNotice } from '#engine/mine/index.ts';
import { dayNumber, numeral } from '#engine/rules/index.ts';
import { VOICE_MESSAGES } from '#engine/voice/index.ts';
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
  /** Whether it names money that rests on what is for demonstration. */
  readonly demo: boolean;
}

export function noticeView(city: City, notice: OwnNotice, locale: Locale): NoticeView {
  const { service, number, kind, template, values, givenOn, respondBy, reply } = notice;
  const t = wordsOf(locale);
  const state = stateOf(notice, city.today);
  const writing = { messages: kind === 'answered' ? VOICE_MESSAGES[locale] : ENTITLEMENT_MESSAGES[locale], fen: (fen: number) => t('entitled.amount', { amount: numeral(fen, 2) }), day: (on: CalendarDate) => day(on, locale), service: (id: string) => { const found = city.pack.services.get(id); return found ? say(found.name, locale) : id; } };
  return {
    service: service ?? '', number, path: kind === 'answered' ? `/my/voice/${numberIn(values)}` : `/my/notices/${service ?? ''}/${String(number)}`, kind: nameOfNoticeKind(kind, locale),
    says: values ? noticeWords(template, { ...values, per: perWords(city, notice, t) }, writing) : t('my.notice-erased'),
    given: day(givenOn, locale), demo: service !== null && Object.values(values ?? {}).some((one) => typeof one === 'object' && 'fen' in one) && isDemoStandard(city.demoServices().get(service)), respondBy: respondBy ?? undefined, state, reply: reply?.kind,
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

/** Which complaint or rating was answered: its page has the answer, and the question whether it is solved. */
function numberIn(values: OwnNotice['values']): string {
  const number = values?.['number'];
  return typeof number === 'number' || typeof number === 'string' ? String(number) : '';
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
