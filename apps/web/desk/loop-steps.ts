import type { City } from '#engine/city.ts';
import { loopOf, NO_MONEY, printMonth, shownRun } from '#engine/books/index.ts';
import type { Loop, MonthSums, RunPeople, ShownRun, Turn } from '#engine/books/index.ts';
import { CHANGES, reformsOf } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { actsText, countText, grouped, movedTexts } from './books-view.tsx';
import { observationLines } from '../observed.ts';
import type { ObservationLine } from '../observed.ts';
import { yuan } from './simulated.ts';
import type { DeskMessage, DeskWords } from './words.ts';

/** A step of the loop: what it came to, and where that is shown; where it has not happened yet, the command that does it. */
export interface LoopStep {
  readonly id: string;
  readonly title: string;
  readonly turn: 'before' | 'reform' | 'after';
  readonly says: readonly string[];
  readonly link: { readonly to: string; readonly text: string } | null;
  /** Null: it was done. */
  readonly command: string | null;
  /** Whether the sums of the step are the same to the fen; null where it has none. */
  readonly agrees: boolean | null;
}

/** The loop of the city that runs, step by step, from what its store and its runs hold. */
export async function loopSteps(city: City, locale: Locale, t: DeskWords): Promise<readonly LoopStep[]> {
  const { books, pack, today, population } = city;
  const loop = loopOf({ runs: (await books?.runs())?.finished ?? [], money: (await books?.money()) ?? NO_MONEY, observations: (await books?.observations()) ?? [], reforms: reformsOf(pack, today) });
  const people = loop.before.run?.people ?? (population ? { release: '', count: population.people, synthetic: population.kind === 'synthetic' } : undefined);
  const from = loop.reform?.entry.on ?? 'YYYY-MM-DD';
  return [
    peopleStep(people, t),
    ...turnSteps(city, loop.before, { turn: 'before', day: today, since: [] }, locale, t),
    reformStep(loop, locale, t),
    ...turnSteps(city, loop.after, { turn: 'after', day: from, since: loop.before.observations }, locale, t),
  ];
}

function peopleStep(people: RunPeople | undefined, t: DeskWords): LoopStep {
  const says = people ? [t(people.synthetic ? 'loop.people.synthetic' : 'loop.people.real', { count: grouped(people.count) }), ...(people.release === '' ? [] : [t('loop.people.release', { release: people.release })])] : [];
  return { id: 'people', title: t('loop.people'), turn: 'before', says, link: { to: '/desk/data', text: t('data.title') }, command: people ? null : 'minsheng feed load FOLDER', agrees: null };
}

function reformStep({ reform }: Loop, locale: Locale, t: DeskWords): LoopStep {
  const base = { id: 'reform', title: t('loop.reform'), turn: 'reform', agrees: null } as const;
  if (!reform) return { ...base, says: [], link: { to: '/desk/simulate', text: t('simulate.title') }, command: 'minsheng reform schedule FILE --on YYYY-MM-DD --by NAME' };
  const { entry: { name, on = '', by, at, tried }, state } = reform;
  return {
    ...base, command: null, link: { to: '/desk/reforms', text: t('loop.reform.link') },
    says: [
      t(`loop.reform.${state === 'in-force' ? 'in-force' : 'scheduled'}`, { name: name ? say(name, locale) : '', on, by, at }),
      ...(tried ? [t('loop.reform.tried', { count: grouped(tried.people), moved: yuan(tried.movedFen) })] : []),
    ],
  };
}

type Rest = Omit<LoopStep, 'id' | 'title' | 'turn'>;

/** One turn; `day` is from when on it would be decided where it was not yet, `since` what was observed in the turn before. */
function turnSteps(city: City, { run, month, money, observations }: Turn, { turn, day, since }: { readonly turn: 'before' | 'after'; readonly day: string; readonly since: Turn['observations'] }, locale: Locale, t: DeskWords): readonly LoopStep[] {
  const step = (id: 'run' | 'acts' | 'book' | 'pay' | 'observe', rest: Rest): LoopStep => ({ id: `${id}-${turn}`, title: t(`loop.${id}.${turn}`), turn, ...rest });
  const shown = run && shownRun(run);
  const monthText = month === undefined ? day.slice(0, 7) : printMonth(month);
  const at = { to: month === undefined ? '/desk/money' : `/desk/money#m${month}`, text: t('loop.money.link', { month: monthText }) };
  return [
    step('run', runStep(shown, { day, today: city.today }, t)),
    step('acts', actsStep(shown, t)),
    step('book', bookStep(money, { month: monthText, setFen: run?.acts.set.fen }, at, t)),
    step('pay', payStep(money, monthText, at, t)),
    step('observe', observeStep(city, { observed: observationLines(city, observations, locale), since: observationLines(city, since, locale), month: monthText, run: run?.id ?? 'RUN' }, t)),
  ];
}

function runStep(run: ShownRun | undefined, { day, today }: { readonly day: string; readonly today: string }, t: DeskWords): Rest {
  if (!run) return { says: [], link: { to: '/desk/runs', text: t('runs.title') }, command: `minsheng decide --all --as-of ${day} --against grants`, agrees: null };
  const counts = CHANGES.filter((kind) => run.counts[kind] !== 0).map((kind) => t('acts.line', { act: t(`change.${kind}`), count: countText(run.counts[kind], t) })).join(t('acts.join'));
  return {
    says: [counts === '' ? t('loop.run.same', { day: run.asOf }) : t('loop.run.says', { day: run.asOf, counts, moved: movedTexts(run, t).join(t('acts.join')) || t('runs.moved-nothing') }), ...(run.asOf > today ? [t('loop.run.ahead')] : [])],
    link: { to: `/desk/runs/${run.id}`, text: t('loop.run.link', { day: run.asOf }) }, command: null, agrees: null,
  };
}

function actsStep(run: ShownRun | undefined, t: DeskWords): Rest {
  if (!run) return { says: [], link: null, command: 'minsheng act RUN --accept --as ACCOUNT', agrees: null };
  const [done, { fen }] = [actsText(run.acts, t), run.acts.set];
  return {
    says: done === '' ? [] : [done, t('loop.acts.set', { fen: fen === null ? t('scope.few') : yuan(fen) })],
    link: { to: `/desk/runs/${run.id}#acts`, text: t('run.acts') }, command: run.acted === 'whole' || run.acted === 'nothing' ? null : `minsheng act ${run.id} --accept --as ACCOUNT`, agrees: null,
  };
}

interface Observed {
  readonly observed: readonly ObservationLine[];
  readonly since: readonly ObservationLine[];
  readonly month: string;
  readonly run: string;
}

function observeStep({ pack }: City, { observed, since, month, run }: Observed, t: DeskWords): Rest {
  const [first] = observed;
  const measured = [...pack.indicators.values()].find((one) => one.measured !== 'unfilled')?.id ?? 'INDICATOR';
  if (!first) return { says: [], link: { to: '/desk/money#observations', text: t('money.observations') }, command: `minsheng observe ${measured} --month ${month} --run ${run}`, agrees: null };
  return {
    says: observed.flatMap((one) => [
      t('loop.observe.says', { name: one.name, month: one.month, value: one.value ?? t('observed.no-value'), numerator: countText(one.numerator, t), denominator: countText(one.denominator, t), services: one.services.join(t('acts.join')) }),
      ...changeSince(one, since.find(({ indicator }) => indicator === one.indicator), t),
    ]),
    link: { to: `/indicators/${first.indicator}#observed`, text: first.name }, command: null, agrees: null,
  };
}

/** What changed in numerator and denominator since the turn before; nothing where one of the four is hidden. */
function changeSince(now: ObservationLine, was: ObservationLine | undefined, t: DeskWords): readonly string[] {
  if (!was || now.numerator === null || now.denominator === null || was.numerator === null || was.denominator === null) return [];
  return [t('loop.observe.since', { month: was.month, was: was.value ?? t('observed.no-value'), numerator: more(now.numerator - was.numerator), denominator: more(now.denominator - was.denominator) })];
}

const more = (count: number): string => (count > 0 ? `+${grouped(count)}` : count < 0 ? `−${grouped(-count)}` : '0');

/** Where everything that was set falls due in its first month, it is the same sum. */
function bookStep(money: MonthSums | undefined, { month, setFen }: { readonly month: string; readonly setFen: number | undefined }, link: LoopStep['link'], t: DeskWords): Rest {
  const isBooked = money !== undefined && (money.bookedFen !== 0 || money.decidedFen !== 0);
  return {
    link, command: isBooked ? null : `minsheng pay book --month ${month}`, agrees: isBooked ? money.decidedFen === money.bookedFen : null,
    says: isBooked ? [equal([...(setFen === money.decidedFen ? [['loop.set', setFen] as const] : []), ['money.decided', money.decidedFen], ['money.booked', money.bookedFen]], t), ...(money.withoutPayerFen === 0 ? [] : [t('money.month.without', { fen: yuan(money.withoutPayerFen) })])] : [],
  };
}

function payStep(money: MonthSums | undefined, month: string, link: LoopStep['link'], t: DeskWords): Rest {
  if (!money || money.preparedFen === 0) return { says: [], link, command: `minsheng pay prepare --month ${month}`, agrees: null };
  const payable = money.bookedFen - money.withoutPayerFen;
  const isPaid = money.paidFen === money.preparedFen;
  return {
    says: [...(money.withoutPayerFen === 0 ? [] : [t('loop.without', { booked: yuan(money.bookedFen), fen: yuan(money.withoutPayerFen), payable: yuan(payable) })]), equal([['loop.payable', payable], ['money.prepared', money.preparedFen], ['money.paid', money.paidFen]], t), ...(money.returnedFen === 0 ? [] : [t('loop.returned', { fen: yuan(money.returnedFen) })])],
    link, command: isPaid ? null : 'minsheng pay approve|release --batch BATCH --as NAME', agrees: payable === money.preparedFen && isPaid && money.returnedFen === 0,
  };
}

/** Sums beside one another: with an equals sign between those that are the same to the fen. */
function equal(sums: readonly (readonly [DeskMessage, number])[], t: DeskWords): string {
  return sums.map(([id, fen], at) => `${at === 0 ? '' : fen === sums[at - 1]?.[1] ? ' = ' : ' ≠ '}${t('loop.sum', { what: t(id), fen: yuan(fen) })}`).join('');
}
