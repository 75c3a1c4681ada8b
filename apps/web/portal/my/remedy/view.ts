import { workingCalendar, workingDaysUntil } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { dayCount, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import { lastDayOf, nameOfReconsidered, nameOfWish, nextDueOn, remedyFor, stageOf } from '#engine/remedy/index.ts';
import type { Reconsideration, ReconsiderationStage } from '#engine/remedy/index.ts';
import { day } from '../../../format.ts';
import { departmentName } from '../../../named.ts';
import { wordsOf } from '../../../words.ts';
import type { MessageId } from '../../../words.ts';

/** Something that happened with an application. */
export interface ApplicationStep {
  readonly title: string;
  readonly on: string;
  readonly says: string | undefined;
}

/** An application as its applicant sees it. */
export interface ApplicationView {
  readonly number: number;
  readonly path: string;
  readonly service: string;
  readonly stage: ReconsiderationStage;
  readonly state: string;
  /** What comes next, by when; undefined where nothing does. */
  readonly next: string | undefined;
  readonly asks: string;
  readonly why: string;
  readonly late: string | undefined;
  readonly challenged: string;
  readonly papers: readonly { readonly number: number; readonly file: string; readonly kilobytes: number }[];
  readonly steps: readonly ApplicationStep[];
  readonly mayWithdraw: boolean;
}

export function applicationView(city: City, one: Reconsideration, locale: Locale): ApplicationView {
  const t = wordsOf(locale);
  const { number, service, asks, why, lateBecause, challenged, evidence, sent, withdrawalAsked } = one;
  const stage = stageOf(one, city.today);
  const found = city.pack.services.get(service);
  return {
    number, path: sent ? `/my/reconsideration/${number}` : `/my/reconsideration/new/${service}`, service: found ? say(found.name, locale) : service, stage, state: t(`remedy.stage.${stage}`), next: nextOf(city, one, stage, locale),
    asks: asks ? nameOfWish(asks, locale) : '', why: why ?? '', late: lateBecause ?? undefined,
    challenged: challenged?.toldOn ? t('remedy.check.told-on', { day: day(challenged.toldOn, locale) }) : t('remedy.what.page'),
    papers: evidence.map(({ number: at, name, size }) => ({ number: at, file: name, kilobytes: Math.max(1, Math.round(size / 1024)) })),
    steps: stepsOf(city, one, locale), mayWithdraw: !withdrawalAsked && MAY_WITHDRAW.has(stage),
  };
}

const MAY_WITHDRAW: ReadonlySet<ReconsiderationStage> = new Set(['examined', 'to-complete', 'accepted-by-time', 'accepted', 'overdue']);

const NEXT = {
  examined: 'remedy.next.examined', 'to-complete': 'remedy.next.to-complete', 'accepted-by-time': 'remedy.next.accepted', accepted: 'remedy.next.accepted', overdue: 'remedy.next.overdue',
  'not-accepted': 'remedy.next.lawsuit', decided: 'remedy.next.lawsuit', draft: undefined, 'given-up': undefined, withdrawn: undefined,
} as const satisfies Record<ReconsiderationStage, MessageId | undefined>;

/** Who does what by when, with the days that are left. */
function nextOf(city: City, one: Reconsideration, stage: ReconsiderationStage, locale: Locale): string | undefined {
  const t = wordsOf(locale);
  const { pack, today } = city;
  const [id, calendar] = [NEXT[stage], workingCalendar(pack.calendar)];
  const procedure = one.sent && remedyFor(pack, pack.services.get(one.service), one.sent.on)?.procedure;
  const on = procedure ? nextDueOn(one, stage, { calendar, procedure }) : undefined;
  if (!id || !procedure || !on) return undefined;
  const left = stage === 'examined' ? leftText(workingDaysUntil(calendar, today, on), 'remedy.left.working', locale) : leftText(dayCount(on) - dayCount(today), 'remedy.left.days', locale);
  return t(id, { department: departmentName(city, one.sent?.department ?? '', locale), phone: pack.plan.hotline.phone, day: day(on, locale), left, says: one.returned?.says ?? '', suit: day(lastDayOf(calendar, on, procedure.lawsuit).dueOn, locale) });
}

function leftText(count: number, id: 'remedy.left.days' | 'remedy.left.working', locale: Locale): string {
  const t = wordsOf(locale);
  if (count < 0) return t('remedy.left.over');
  return count === 0 ? t('remedy.left.today') : t(id, { count });
}

function stepsOf(city: City, one: Reconsideration, locale: Locale): readonly ApplicationStep[] {
  const t = wordsOf(locale);
  const step = (id: MessageId, of: { readonly on: CalendarDate; readonly at: string } | null, says?: string, values: Readonly<Record<string, string>> = {}) => (of ? [{ at: of.at, title: t(id, values), on: day(of.on, locale), says }] : []);
  const { accepted, decided, reply, extended, returned, completed, notAccepted, sent, withdrawalAsked, withdrawn } = one;
  const all = [
    ...step('remedy.line.sent', sent), ...step('remedy.line.returned', returned, returned?.says), ...step('remedy.line.completed', completed, completed?.says),
    ...step(accepted?.deemed ? 'remedy.line.deemed' : 'remedy.line.accepted', accepted), ...step('remedy.line.not-accepted', notAccepted, notAccepted?.because),
    ...step('remedy.line.replied', reply, reply?.says, { department: departmentName(city, reply?.department ?? '', locale) }), ...step('remedy.line.extended', extended, extended?.because),
    ...step('remedy.line.decided', decided, decided?.because, { outcome: decided ? nameOfReconsidered(decided.outcome, locale) : '' }), ...step('remedy.line.withdrawal-asked', withdrawalAsked, withdrawalAsked?.because), ...step('remedy.line.withdrawn', withdrawn),
  ];
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ title, on, says }) => ({ title, on, says: says === '' ? undefined : says }));
}
