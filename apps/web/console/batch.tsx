import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { describePaymentsRefusal } from '#engine/console/index.ts';
import type { BatchCommand } from '#engine/console/index.ts';
import type { Route } from './+types/batch.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { Scroll } from '../desk/scroll.tsx';
import { yuan } from '../desk/simulated.ts';
import { hrefIn } from '../view.ts';
import { batchLine, stageName } from './batches.tsx';
import { Problem, Reason } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { serviceName } from './view.ts';
import { useConsole } from './words.ts';

const DONE = ['approve', 'release', 'withdraw'] as const satisfies readonly BatchCommand['do'][];

/** One batch: what it is for, who has done what, and what whoever looks may do with it. Nobody in it is named. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  const batch = foundOrThrow(await console.payments.batch(visitor.principal, args.params.id));
  return {
    ...batchLine(city, batch, locale), may: batch.may, by: { prepared: batch.preparedBy, approved: batch.approvedBy, released: batch.releasedBy }, did: DONE.find((one) => one === query.get('did')),
    services: (batch.services ?? []).map(({ service, items, amountFen, returned, returnedFen }) => ({ service, name: serviceName(city, service, locale), items, yuan: yuan(amountFen), returned, returnedYuan: yuan(returnedFen) })),
  };
}

export async function action(args: Route.ActionArgs) {
  const { console, visitor, locale, ...view } = onDuty(args);
  const form = await args.request.formData();
  const [what, because] = [foundOrThrow(DONE.find((one) => one === typed(form, 'do'))), typed(form, 'reason')];
  const here = `/console/batches/${args.params.id}`;
  const refusal = await console.payments.act(visitor.principal, args.params.id, what === 'withdraw' ? { do: what, because } : { do: what }, visitor.provenAt);
  if (refusal?.kind === 'prove-again') throw redirect(hrefIn({ ...view, locale }, '/staff/prove', { to: here }), 303);
  if (refusal?.kind === 'batch-unknown') foundOrThrow(undefined);
  if (refusal) return data({ do: what, because, says: describePaymentsRefusal(refusal, locale) }, { status: 422 });
  throw redirect(hrefIn({ ...view, locale }, here, { did: what }), 303);
}

export default function BatchPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const { payer, month, items, yuan: amount, stage, may, by, did, services, id } = loaderData;
  const title = t('payment.title', { payer, month });
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${title}`}</title>
      <p><a href={href('/console/batches')}>{t('payment.back')}</a></p>
      <h1>{title}</h1>
      {actionData ? <Problem>{actionData.says}</Problem> : did === undefined ? null : <p className="con-done" role="status">{t(`payment.did-${did}`)}</p>}
      <dl className="con-facts">
        <dt>{t('payment.number')}</dt><dd>{id}</dd>
        <dt>{t('batches.amount')}</dt><dd>{t('yuan', { yuan: amount })} · {t('payment.items', { count: items })}</dd>
        <dt>{t('batches.stage')}</dt><dd>{stageName(stage, t)}</dd>
        <dt>{t('payment.prepared')}</dt><dd>{by.prepared === 'system' ? t('by.system') : by.prepared}</dd>
        {by.approved === null ? null : <><dt>{t('payment.approved')}</dt><dd>{by.approved}</dd></>}
        {by.released === null ? null : <><dt>{t('payment.released')}</dt><dd>{by.released}</dd></>}
      </dl>
      <section>
        <h2>{t('payment.services')}</h2>
        <Scroll label={t('payment.services')}><table className="desk-table">
          <caption className="desk-hidden">{t('payment.services')}</caption>
          <thead><tr><th scope="col">{t('column.service')}</th><th scope="col" className="desk-num">{t('batches.items')}</th><th scope="col" className="desk-num">{t('batches.amount')}</th><th scope="col" className="desk-num">{t('payment.returned')}</th></tr></thead>
          <tbody>{services.map((one) => <tr key={one.service}><th scope="row">{one.name}</th><td className="desk-num">{one.items.toLocaleString('en')}</td><td className="desk-num">{one.yuan}</td><td className="desk-num">{one.returned === 0 ? '' : `${one.returned} · ${one.returnedYuan}`}</td></tr>)}</tbody>
        </table></Scroll>
      </section>
      <section aria-labelledby="acts">
        <h2 id="acts">{t('act.title')}</h2>
        {may.length === 0 ? <p className="desk-lead">{t('payment.nothing')}</p> : null}
        {may.filter((one) => one !== 'withdraw').map((one) => <form key={one} method="post"><p>{t(`payment.${one}-says`, { amount, count: items })}</p><button className="con-button" name="do" value={one}>{t(`payment.${one}`)}</button></form>)}
        {may.includes('withdraw') ? (
          <details className="con-act" open={actionData?.do === 'withdraw'}>
            <summary>{t('payment.withdraw')}</summary>
            <form method="post"><p className="desk-muted">{t('payment.withdraw-says')}</p><Reason id="reason-withdraw" value={actionData?.because} /><button className="con-button" name="do" value="withdraw">{t('payment.withdraw')}</button></form>
          </details>
        ) : null}
      </section>
    </>
  );
}
