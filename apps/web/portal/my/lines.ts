import { nameOfTaskKind } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { isNearMiss, monthOf, monthsLater, rightIn } from '#engine/entitlement/index.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { Locale, LocalName } from '#engine/kernel/index.ts';
import type { Affairs } from '#engine/mine/index.ts';
import { dayNumber, dayText, explainChange, numeral } from '#engine/rules/index.ts';
import { day } from '../../format.ts';
import { wordsOf } from '../../words.ts';
import type { MessageId } from '../../words.ts';
import { noticeView } from './notice-view.ts';
import type { NoticeView } from './notice-view.ts';
import { isShared } from './own.ts';
import type { Explained } from './own.ts';

/** One service in a list, with its reason in one sentence. */
export interface OwnLine {
  readonly id: string;
  readonly name: LocalName;
  readonly shared: boolean;
  /** 366 元/月; undefined where it brings no money. */
  readonly amount: string | undefined;
  readonly demo: boolean;
  readonly says: string;
}

/** Everything of a resident's first page but the money. */
export interface OwnLines {
  /** What waits for one word of theirs. */
  readonly asks: readonly NoticeView[];
  /** What they may have and have not got. */
  readonly open: readonly OwnLine[];
  /** What they have, money or not. */
  readonly have: readonly OwnLine[];
  readonly undecided: readonly OwnLine[];
  /** What cannot be looked up before all adults of the household have signed. */
  readonly unsigned: readonly OwnLine[];
  readonly near: readonly OwnLine[];
  readonly coming: readonly OwnLine[];
}

export function ownLines(city: City, affairs: Affairs, explained: readonly Explained[], locale: Locale): OwnLines {
  const holding = holdingOf(city, affairs);
  const line = (one: Explained, says: string): OwnLine => lineOf(city, one, says, locale);
  const yes = explained.filter(({ one }) => one.verdict.kind === 'yes');
  const unknown = explained.filter(({ one }) => one.verdict.kind === 'unknown');
  const isUnsigned = ({ explanation: { missing } }: Explained): boolean => missing.length > 0 && missing.every(({ cause }) => cause === 'authorisation-missing');
  const asks = affairs.notices.map((notice) => noticeView(city, notice, locale)).filter(({ state }) => state === 'asks');
  return {
    asks,
    open: yes.filter(({ one: { service } }) => holding.get(service.id) !== 'has' && !asks.some((notice) => notice.service === service.id)).map((one) => line(one, waysText(one, holding.get(one.one.service.id), taskText(city, affairs, one.one.service.id, locale), locale))),
    have: yes.filter(({ one }) => holding.get(one.service.id) === 'has').map((one) => line(one, one.why)),
    undecided: unknown.filter((one) => !isUnsigned(one)).map((one) => line(one, undecidedText(city, affairs, one, locale))),
    unsigned: unknown.filter(isUnsigned).map((one) => line(one, one.explanation.answer)),
    near: explained.filter(({ one, explanation }) => explanation.nearly.length > 0 && isNearMiss(one)).map((one) => line(one, one.explanation.nearly.join(wordsOf(locale)('my.semicolon')))),
    coming: explained.flatMap((one) => (one.change ? [{ on: one.change.on, line: line(one, changeText(one, locale)) }] : [])).sort((a, b) => a.on - b.on).map((one) => one.line),
  };
}

type Holding = 'has' | 'asked' | 'refused' | 'none';

/** Of each service whether they have it, are asked, or do not want it. */
function holdingOf(city: City, { grants }: Affairs): ReadonlyMap<string, Holding> {
  const month = monthOf(dayNumber(city.today));
  return new Map(grants.map(({ service, grant }) => {
    const has = [month, monthsLater(month, 1)].some((one) => rightIn(grant.steps, one) !== undefined);
    return [service, has ? 'has' : grant.proposal ? 'asked' : grant.refused ? 'refused' : 'none'];
  }));
}

function lineOf(city: City, { one: { service, amount, demo } }: Explained, says: string, locale: Locale): OwnLine {
  return { id: service.id, name: service.name, shared: isShared(city, service.id), amount: amount && amountText(amount.maxFen, amount.per, locale), demo: demo && amount !== undefined, says };
}

const PER: Readonly<Record<string, MessageId>> = { once: 'entitled.per-once', day: 'entitled.per-day', month: 'entitled.per-month', year: 'entitled.per-year', use: 'entitled.per-use' };

/** A sum and how often it comes. */
export function amountText(fen: number, per: string | undefined, locale: Locale): string {
  const t = wordsOf(locale);
  return `${t('entitled.amount', { amount: numeral(fen, 2) })}${per === undefined ? '' : t(PER[per] ?? 'entitled.per-once')}`;
}

const WAYS = { refused: 'my.way-refused', asked: 'my.way-asked', automatic: 'my.way-automatic', 'one-confirmation': 'my.way-one-confirmation', application: 'my.way-application', 'on-showing': 'my.way-on-showing' } as const satisfies Record<string, MessageId>;

/** How somebody gets what they may have. */
function waysText({ one: { service }, why }: Explained, holding: Holding | undefined, task: string | undefined, locale: Locale): string {
  const t = wordsOf(locale);
  const way = WAYS[holding === 'refused' || holding === 'asked' ? holding : (service.grant?.mode ?? 'application')];
  return t('my.and-then', { why, way: task === undefined ? t(way) : t('my.way-task', { task }) });
}

/** What is missing and who holds it; and whether somebody is asking already. */
function undecidedText(city: City, affairs: Affairs, { one, explanation }: Explained, locale: Locale): string {
  const missing = explanation.missing.filter(({ cause }) => cause === 'not-told').map(({ says }) => says);
  const task = taskText(city, affairs, one.service.id, locale);
  return [...missing, ...(task === undefined ? [] : [task])].join(wordsOf(locale)('my.semicolon'));
}

/** Who is looking into a case, and until when; undefined where nobody has to. */
function taskText(city: City, { tasks }: Affairs, of: string, locale: Locale): string | undefined {
  const task = tasks.find(({ service, kind }) => service === of && (kind === 'data-request' || kind === 'review'));
  const department = task && city.pack.departments.get(task.department);
  return task && wordsOf(locale)('my.task', { kind: nameOfTaskKind(task.kind, locale), department: department ? say(department.name, locale) : task.department, day: day(task.dueOn, locale) });
}

/** What time alone will change, and when. */
function changeText({ one, change, words }: Explained, locale: Locale): string {
  if (!change) return '';
  const date = parseDate(dayText(change.on));
  const t = wordsOf(locale);
  if (one.verdict.kind === 'yes' && change.verdict.kind === 'yes' && date) return t('my.will-be', { day: day(date, locale), amount: amountText(change.verdict.amountFen ?? 0, one.amount?.per, locale) });
  const text = explainChange(one.trace, change, words);
  // It stands alone here, not in the middle of a sentence.
  return text.charAt(0).toUpperCase() + text.slice(1);
}
