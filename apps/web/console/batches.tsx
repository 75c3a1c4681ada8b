import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { describePaymentsRefusal } from '#engine/console/index.ts';
import type { BatchView } from '#engine/console/index.ts';
import type { City } from '#engine/city.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { rolesThat } from '#engine/permission/index.ts';
import type { Route } from './+types/batches.ts';
import { onDuty } from '../context.ts';
import { payerName } from '../desk/books-view.tsx';
import { Scroll } from '../desk/scroll.tsx';
import { yuan } from '../desk/simulated.ts';
import { deskWords } from '../desk/words.ts';
import { hrefIn } from '../view.ts';
import { Problem } from './parts.tsx';
import { monthName } from './view.ts';
import { useConsole } from './words.ts';
import type { ConsoleWords } from './words.ts';

/** A batch as a row: what it is, how far it is, and whose turn it is. */
export function batchLine({ pack }: Pick<City, 'pack'>, { id, payer, month, items, totalFen, stage, may: open }: BatchView, locale: Locale) {
  return { id, path: `/console/batches/${id}`, payer: payerName(pack, payer, locale, deskWords(locale)), month: monthName(month, locale), items, yuan: yuan(totalFen), stage, turn: open.some((one) => one !== 'withdraw') };
}

/** The payment batches whose payer is theirs; whoever prepares makes those of the month. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  // Whoever has nothing to do with money is told so; the database would show them none.
  if (!visitor.principal.roles.some((role) => rolesThat('batch.read').some((one) => one === role))) throw data(null, { status: 403 });
  const { batches, month } = await console.payments.list(visitor.principal);
  const made = Number(query.get('made') ?? Number.NaN);
  return { lines: batches.map((one) => batchLine(city, one, locale)), month: month === undefined ? undefined : monthName(month, locale), made: Number.isSafeInteger(made) && made >= 0 ? made : undefined };
}

export async function action(args: Route.ActionArgs) {
  const { console, visitor, locale, ...view } = onDuty(args);
  const done = await console.payments.prepare(visitor.principal);
  if ('kind' in done) return data({ says: describePaymentsRefusal(done, locale) }, { status: 422 });
  throw redirect(hrefIn({ ...view, locale }, '/console/batches', { made: String(done.batches) }), 303);
}

export default function BatchesPage({ loaderData: { lines, month, made }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const title = t('batches.title');
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${title}`}</title>
      <h1>{title}</h1>
      {actionData ? <Problem>{actionData.says}</Problem> : made === undefined ? null : <p className="con-done" role="status">{made === 0 ? t('batches.made-none') : t('batches.made', { count: made })}</p>}
      <p className="desk-lead">{t('batches.lead')}</p>
      {month === undefined ? null : <form method="post" className="con-narrow"><p>{t('batches.prepare-says', { month })}</p><button className="con-button">{t('batches.prepare', { month })}</button></form>}
      {lines.length === 0 ? <p className="desk-lead">{t('batches.none')}</p> : (
        <Scroll label={title}><table className="desk-table">
          <caption className="desk-hidden">{title}</caption>
          <thead><tr><th scope="col">{t('batches.month')}</th><th scope="col">{t('batches.payer')}</th><th scope="col" className="desk-num">{t('batches.items')}</th><th scope="col" className="desk-num">{t('batches.amount')}</th><th scope="col">{t('batches.stage')}</th></tr></thead>
          <tbody>{lines.map((line) => (
            <tr key={line.id}>
              <td>{line.month}</td><td><a href={href(line.path)}>{line.payer}</a> <span className="desk-muted">{line.id}</span></td>
              <td className="desk-num">{line.items.toLocaleString('en')}</td><td className="desk-num">{line.yuan}</td>
              <td>{stageName(line.stage, t)}{line.turn ? <span className="con-soon"> ◆ {t('batches.turn')}</span> : null}</td>
            </tr>
          ))}</tbody>
        </table></Scroll>
      )}
    </>
  );
}

export function stageName(stage: BatchView['stage'], t: ConsoleWords): string {
  return t(`batches.stage-${stage}`);
}
