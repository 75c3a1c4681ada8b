import type { City } from '#engine/city.ts';
import { levelOf, monthOf } from '#engine/entitlement/index.ts';
import type { Month, PayerKey, Period } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale, LocalName } from '#engine/kernel/index.ts';
import { expectedOn, nextDueOf, payDayIn, sumsOfMine } from '#engine/mine/index.ts';
import type { Affairs, NextDue, OwnSum } from '#engine/mine/index.ts';
import { dayNumber, numeral } from '#engine/rules/index.ts';
import { day } from '../../format.ts';
import { fundOf, payerName } from '../../named.ts';
import { wordsOf } from '../../words.ts';
import type { MessageId } from '../../words.ts';
import { accountText, waitsForAccount } from './account/view.ts';
import { isShared } from './own.ts';

/** A sentence about money. */
interface Said {
  readonly stage: OwnSum['stage'] | 'next';
  readonly text: string;
  /** Whether it names a day that is chosen for a demonstration. */
  readonly demo: boolean;
}

/** The money of one service, in sentences. */
export interface MoneyRow {
  readonly id: string;
  readonly name: LocalName;
  /** Whether it is for a household of theirs. */
  readonly shared: boolean;
  /** What came, what is on its way, what waits, each with its payers; and what comes next. */
  readonly says: readonly Said[];
  /** Whether it waits for an account that its owner can choose. */
  readonly waits: boolean;
}

export interface MoneyView {
  readonly rows: readonly MoneyRow[];
  /** What came in the month of today and what is on its way, in yuan; undefined where there is none. */
  readonly came: string | undefined;
  readonly coming: string | undefined;
  readonly debts: readonly { readonly id: string; readonly name: LocalName; readonly amount: string; readonly objected: boolean }[];
}

const ON_ITS_WAY: readonly OwnSum['stage'][] = ['approved', 'prepared', 'booked'];

export function moneyView(city: City, affairs: Affairs, locale: Locale): MoneyView {
  const [month, sums] = [monthOf(dayNumber(city.today)), sumsOfMine(affairs)];
  const total = (of: readonly OwnSum[]): string | undefined => (of.length === 0 ? undefined : numeral(of.reduce((sum, { amountFen }) => sum + amountFen, 0), 2));
  const services = [...new Set([...sums.map(({ service }) => service), ...affairs.grants.map(({ service }) => service)])];
  const rows = services.flatMap((id): readonly MoneyRow[] => {
    const service = city.pack.services.get(id);
    if (!service) return [];
    const said = sums.filter((sum) => sum.service === id).map((sum) => sumSaid(city, affairs, sum, locale));
    const next = affairs.grants.filter((grant) => grant.service === id).flatMap((grant) => nextDueOf(grant, service, month) ?? []);
    const coming = next.map((due) => nextSaid(city, due, locale));
    return said.length + coming.length === 0 ? [] : [{ id, name: service.name, shared: isShared(city, id), says: [...said, ...coming], waits: waitsForAccount(affairs, id) }];
  });
  return {
    rows, came: total(sums.filter(({ stage, leftOn }) => stage === 'came' && leftOn !== null && monthOf(dayNumber(leftOn)) === month)), coming: total(sums.filter(({ stage }) => ON_ITS_WAY.includes(stage))),
    debts: affairs.debts.filter(({ recovery }) => recovery.openFen > 0).map(({ service, recovery }) => ({ id: service, name: city.pack.services.get(service)?.name ?? { zh: service, en: service }, amount: numeral(recovery.openFen, 2), objected: recovery.objection !== undefined })),
  };
}

const STAGES = { came: 'my.stage-came', approved: 'my.stage-approved', prepared: 'my.stage-prepared', booked: 'my.stage-booked', held: 'my.stage-held', returned: 'my.stage-returned', 'without-payer': 'my.stage-without-payer' } as const satisfies Record<OwnSum['stage'], MessageId>;

function sumSaid(city: City, { payTo }: Affairs, sum: OwnSum, locale: Locale): Said {
  const [t, { stage, account }, { payDay }] = [wordsOf(locale), sum, city.pack.plan];
  const expected = payDay && expectedOn(sum, payDay, city.today);
  const [when, to] = [
    expected === undefined ? '' : t('my.expected', { day: day(expected, locale) }),
    payTo === undefined || account === undefined || stage === 'without-payer' ? '' : t('my.account.goes', { to: accountText(payTo, account, locale) }),
  ];
  return { stage, text: `${sumText(city, sum, locale)}${to}${when}`, demo: when !== '' && payDay?.confidence === 'demo' };
}

/** The next time, on the day on which the city pays out where it has one. */
function nextSaid({ pack: { plan: { payDay } } }: City, { month, amountFen, cycle }: NextDue, locale: Locale): Said {
  const when = payDay ? day(payDayIn(month, payDay), locale) : monthText(month, locale);
  return { stage: 'next', text: wordsOf(locale)(cycle === 'year' ? 'my.next-year' : 'my.next-month', { amount: numeral(amountFen, 2), when }), demo: payDay?.confidence === 'demo' };
}

function sumText(city: City, { service, stage, leftOn, amountFen, parts, periods }: OwnSum, locale: Locale): string {
  const t = wordsOf(locale);
  const payers = parts.map(({ payer, amountFen: fen }) => (parts.length === 1 ? payerText(city, payer, locale, service) : t('my.part', { payer: payerText(city, payer, locale, service), amount: numeral(fen, 2) }))).join(t('list.comma'));
  return t(STAGES[stage], { amount: numeral(amountFen, 2), periods: periodsText(periods, locale), payers, ...(leftOn === null ? { day: '' } : { day: day(leftOn, locale) }) });
}

/** Who pays for a service, by name: of a county or a fund which one. */
export function payerText(city: City, payer: PayerKey, locale: Locale, service: string): string {
  const t = wordsOf(locale);
  const level = LEVELS.find((one) => one === levelOf(payer));
  const county = city.pack.divisions.get(payer.split(':')[1] ?? '');
  const paid = city.pack.services.get(service);
  if (level === undefined) return t('my.payer-unstated');
  return county ? t('my.payer-county', { county: say(county.name, locale) }) : payerName({ level, fund: level === 'fund' && paid ? fundOf(paid) : undefined }, locale);
}

const LEVELS = ['nation', 'province', 'city', 'county', 'fund', 'employer', 'person'] as const;

/** More periods than these are told by the first and the last. */
const MOST_PERIODS = 2;

/** What a payment is for: months, a year, or once. */
export function periodsText(periods: readonly Period[], locale: Locale): string {
  const t = wordsOf(locale);
  const texts = periods.map((period) => periodText(period, locale));
  if (texts.length <= MOST_PERIODS) return texts.join(t('list.comma'));
  return t('my.periods', { from: texts[0] ?? '', to: texts.at(-1) ?? '', count: texts.length });
}

export function periodText(period: Period, locale: Locale): string {
  const t = wordsOf(locale);
  if (period === 0) return t('my.period-once');
  return period < 10_000 ? t('my.period-year', { year: period }) : monthText(period, locale);
}

export function monthText(month: Month, locale: Locale): string {
  return wordsOf(locale)('entitled.month-of', { year: Math.floor(month / 100), month: month % 100 });
}
