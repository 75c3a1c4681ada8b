import type { ReactNode } from 'react';
import { NO_MONEY, printMonth, shownMoney } from '#engine/books/index.ts';
import type { PayerBooks, ShownMoney } from '#engine/books/index.ts';
import type { Route } from './+types/money.ts';
import { asked } from '../context.ts';
import { Command, Count, countText, Fen, Nothing, payerName } from './books-view.tsx';
import { observationLines } from '../observed.ts';
import type { ObservationLine } from '../observed.ts';
import { yuan } from './simulated.ts';
import { State } from './table.tsx';
import { Demo, DemoNote, demoShare, hasDemo } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { deskWords, useDesk } from './words.ts';
import { Scroll } from './scroll.tsx';

interface Loaded {
  readonly store: boolean;
  readonly money: ShownMoney;
  /** Payers by key, in words. */
  readonly names: Readonly<Record<string, string>>;
  readonly observations: readonly ObservationLine[];
  /** Whose money it is; null where nobody is loaded. */
  readonly synthetic: boolean | null;
  readonly demo: DemoShare;
}

export async function loader(args: Route.LoaderArgs): Promise<Loaded> {
  const { city, locale } = asked(args);
  const { books, population, pack } = city;
  const t = deskWords(locale);
  const money = shownMoney((await books?.money()) ?? NO_MONEY, population?.kind !== 'synthetic');
  const payers = new Set([...money.months.flatMap((one) => one.payers), ...money.batches, ...(money.reconciled?.payers ?? [])].map(({ payer }) => payer));
  return {
    store: books !== undefined, money, demo: demoShare(city), names: Object.fromEntries([...payers].map((payer) => [payer, payerName(pack, payer, locale, t)])),
    observations: observationLines(city, (await books?.observations()) ?? [], locale), synthetic: population ? population.kind === 'synthetic' : null,
  };
}

export default function MoneyPage({ loaderData: { store, money, names, observations, synthetic, demo } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  const { months, reconciled, recoveries } = money;
  return (
    <>
      <title>{t('money.title')}</title>
      <h1>{t('money.title')}</h1>
      <p className="desk-lead">{t('money.lead')}</p>
      {store ? null : <Nothing says={t('books.no-store')} />}
      {synthetic === true ? <p className="desk-note"><b>{t('simulate.synthetic')}</b> {t('money.synthetic')}</p> : null}
      {months.length === 0 ? null : <DemoNote share={demo} money />}
      {months.length === 0 ? <Nothing says={t('money.none')} command="minsheng pay book --month YYYY-MM" /> : null}
      {reconciled ? <Reconciled through={printMonth(reconciled.through)} payers={reconciled.payers} names={names} demo={hasDemo(demo)} /> : null}
      {months.toReversed().map((one) => <Month key={one.month} of={one} batches={money.batches.filter(({ month }) => month === one.month)} names={names} demo={hasDemo(demo)} />)}
      <h2 id="recoveries">{t('money.recoveries')}</h2>
      <p>{recoveries.count === 0 ? t('money.recoveries.none') : t('money.recoveries.open', { count: countText(recoveries.count, t), fen: recoveries.openFen === null ? t('scope.few') : yuan(recoveries.openFen), objections: countText(recoveries.objections, t) })}</p>
      <h2 id="observations">{t('money.observations')}</h2>
      {observations.length === 0 ? <Nothing says={t('money.observations.none')} command="npm run loop" /> : <Observations lines={observations} />}
    </>
  );
}

type Names = Loaded['names'];

const BOOKS = [['money.decided', 'decidedFen'], ['money.booked', 'bookedFen'], ['money.paid', 'paidFen'], ['money.returned', 'returnedFen'], ['money.settled', 'settledFen'], ['money.repaid', 'repaidFen'], ['money.waived', 'waivedFen'], ['money.owed', 'owedFen'], ['money.debt', 'debtFen']] as const;

function Reconciled({ through, payers, names, demo }: { readonly demo: boolean; readonly through: string; readonly payers: readonly PayerBooks[]; readonly names: Names }): ReactNode {
  const { t } = useDesk();
  const broken = payers.filter(({ holds }) => !holds);
  return (
    <>
      <h2 id="books">{t('money.books', { month: through })}<Demo is={demo} /></h2>
      <p className="desk-says">{broken.length === 0 ? <State tone="ok">{t('money.holds', { count: payers.length })}</State> : <State tone="stop">{t('money.broken', { payers: broken.map(({ payer }) => names[payer] ?? payer).join(t('acts.join')) })}</State>}</p>
      <Scroll label={t('money.books', { month: through })}>
        <table className="desk-plain desk-wide" data-of="books">
          <thead><tr><th scope="col">{t('simulate.payer')}</th>{BOOKS.map(([id]) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}<th scope="col">{t('money.agrees')}</th></tr></thead>
          <tbody>{payers.map((one) => <tr key={one.payer}><th scope="row">{names[one.payer]}</th>{BOOKS.map(([id, key]) => <Fen key={id} of={one[key]} />)}<td><State tone={one.holds ? 'ok' : 'stop'}>{t(one.holds ? 'money.agrees.yes' : 'money.agrees.no')}</State></td></tr>)}</tbody>
        </table>
      </Scroll>
      <p className="desk-muted">{t('money.books.says')}</p>
    </>
  );
}

const SUMS = [['money.decided', 'decidedFen'], ['money.booked', 'bookedFen'], ['money.prepared', 'preparedFen'], ['money.paid', 'paidFen'], ['money.returned', 'returnedFen']] as const;

function Month({ of, batches, names, demo }: { readonly demo: boolean; readonly of: ShownMoney['months'][number]; readonly batches: ShownMoney['batches']; readonly names: Names }): ReactNode {
  const { t } = useDesk();
  const month = printMonth(of.month);
  return (
    <section>
      <h2 id={`m${of.month}`}>{t('money.month', { month })}<Demo is={demo} /></h2>
      <p className="desk-says">{of.agrees ? <State tone="ok">{t('money.month.agrees', { booked: yuan(of.bookedFen), paid: yuan(of.paidFen) })}</State> : <State tone="warn">{t('money.month.differs', { decided: yuan(of.decidedFen), booked: yuan(of.bookedFen), paid: yuan(of.paidFen), returned: yuan(of.returnedFen) })}</State>} {of.withoutPayerFen === 0 ? null : t('money.month.without', { fen: yuan(of.withoutPayerFen) })}</p>
      <Scroll label={t('money.month', { month })}>
        <table className="desk-plain" data-of="month">
          <thead><tr><th scope="col">{t('simulate.payer')}</th>{SUMS.map(([id]) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}</tr></thead>
          <tbody>
            {of.payers.map((one) => <tr key={one.payer}><th scope="row">{names[one.payer]}</th>{SUMS.map(([id, key]) => <Fen key={id} of={one[key]} />)}</tr>)}
            <tr><th scope="row"><b>{t('money.all')}</b></th>{SUMS.map(([id, key]) => <Fen key={id} of={of[key]} />)}</tr>
          </tbody>
        </table>
      </Scroll>
      {batches.length === 0 ? <p>{t('money.no-batch')} <Command of={`minsheng pay prepare --month ${month}`} /></p> : <Batches batches={batches} names={names} month={month} />}
    </section>
  );
}

function Batches({ batches, names, month }: { readonly batches: ShownMoney['batches']; readonly names: Names; readonly month: string }): ReactNode {
  const { t } = useDesk();
  const next = batches.find(({ stage }) => stage === 'prepared' || stage === 'approved');
  return (
    <>
      <Scroll label={`${t('money.batches')} ${month}`}>
        <table className="desk-plain" data-of="batches">
          <caption>{t('money.batches')}</caption>
          <thead><tr><th scope="col">{t('money.batch')}</th><th scope="col">{t('simulate.payer')}</th><th scope="col" className="desk-num">{t('money.items')}</th><th scope="col" className="desk-num">{t('money.total')}</th><th scope="col">{t('money.stage')}</th><th scope="col">{t('money.prepared-by')}</th><th scope="col">{t('money.approved-by')}</th><th scope="col">{t('money.released-by')}</th></tr></thead>
          <tbody>{batches.map((one) => <tr key={one.id}><th scope="row">{one.id}</th><td>{names[one.payer]}</td><Count of={one.items} /><Fen of={one.totalFen} /><td><State tone={STAGES[one.stage]}>{t(`stage.${one.stage}`)}</State></td><td>{one.preparedBy}</td><td>{one.approvedBy ?? '—'}</td><td>{one.releasedBy ?? '—'}</td></tr>)}</tbody>
        </table>
      </Scroll>
      {next ? <p>{t(`money.next.${next.stage === 'prepared' ? 'approve' : 'release'}`)} <Command of={`minsheng pay ${next.stage === 'prepared' ? 'approve' : 'release'} --batch ${next.id} --as NAME`} /></p> : null}
    </>
  );
}

const STAGES = { prepared: 'quiet', approved: 'warn', released: 'ok', withdrawn: 'quiet' } as const;

function Observations({ lines }: { readonly lines: readonly ObservationLine[] }): ReactNode {
  const { t } = useDesk();
  return (
    <Scroll label={t('money.observations')}>
      <table className="desk-plain" data-of="observations">
        <thead><tr><th scope="col">{t('column.indicator')}</th><th scope="col">{t('money.observed-month')}</th><th scope="col" className="desk-num">{t('money.value')}</th><th scope="col">{t('money.counted')}</th><th scope="col">{t('money.whose')}</th></tr></thead>
        <tbody>{lines.map((one) => (
          <tr key={`${one.indicator} ${one.month} ${one.run}`}>
            <td><a href={`/indicators/${one.indicator}`}>{one.name}</a></td><td>{one.month}</td><td className="desk-num">{one.value ?? t('observed.no-value')}</td>
            <td>{t('observed.counted', { numerator: countText(one.numerator, t), denominator: countText(one.denominator, t), services: one.services.join(t('acts.join')) })}</td>
            <td>{one.people === null ? t('observed.gone') : t(one.people.synthetic ? 'observed.synthetic' : 'observed.real', { count: one.people.count.toLocaleString('en') })}</td>
          </tr>
        ))}</tbody>
      </table>
    </Scroll>
  );
}
