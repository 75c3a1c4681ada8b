import type { ReactNode } from 'react';
import { data } from 'react-router';
import { MANDATE_SCOPES, SEEN_PAPERS } from '#engine/mandate/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Route } from './+types/help-paper.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { day } from '../format.ts';
import { MANDATE_MONTHS, termsIn } from './mandate-terms.ts';
import { Field, Problem } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { useConsole } from './words.ts';

/** What waits for a second pair of eyes, and whether whoever looks may record, or witness. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, query } = onDuty(args);
  const [records, witnesses] = [may(visitor.principal, 'resident.help', { of: 'city' }), may(visitor.principal, 'mandate.witness', { of: 'city' })];
  if (!records && !witnesses) throw data(null, { status: 403 });
  const waiting = witnesses ? await foundOrThrow(city.family).written.waiting() : [];
  return {
    records, missing: query.get('problem') === 'missing',
    waiting: waiting.flatMap(({ subjectKey, number, giver, scope, until, state }) => (state.kind === 'written' ? [{ subjectKey, number, giver, scope, until, taker: state.taker, isOwn: state.writtenBy === visitor.principal.id }] : [])),
  };
}

export async function action(args: Route.ActionArgs) {
  const { city, visitor } = onDuty(args);
  const { written } = foundOrThrow(city.family);
  const form = await args.request.formData();
  const allowed = (action: 'resident.help' | 'mandate.witness'): void => { if (!may(visitor.principal, action, { of: 'city' })) throw data(null, { status: 403 }); };
  const kept = { key: typed(form, 'key'), giver: typed(form, 'giver') };
  switch (typed(form, 'do')) {
    case 'write': {
      allowed('resident.help');
      const terms = termsIn(form, city.today);
      const answer = terms ? await written.write(visitor.principal, { ...terms, taker: visitor.name }) : ({ kind: 'missing' } as const);
      return answer.kind === 'written' ? { kind: answer.kind } : data({ kind: answer.kind, ...kept }, { status: 422 });
    }
    case 'witness': {
      allowed('mandate.witness');
      const answer = await written.witness(visitor.principal, { subjectKey: typed(form, 'key'), number: Number(typed(form, 'number')) });
      return answer.kind === 'witnessed' ? { kind: answer.kind } : data({ kind: answer.kind, ...kept }, { status: 422 });
    }
    case 'end': {
      allowed('resident.help');
      return { kind: 'ended' as const, count: await written.end(visitor.principal, typed(form, 'key').trim()) };
    }
    default: throw data(null, { status: 400 });
  }
}

export default function PaperPage({ loaderData: { records, missing, waiting }, actionData }: Route.ComponentProps): ReactNode {
  const { t, locale, href } = useConsole();
  const title = t('paper.page');
  const again = actionData !== undefined && 'key' in actionData ? actionData : undefined;
  return (
    <>
      <title>{title}</title>
      <h1>{title}</h1>
      <p className="desk-lead">{t('paper.lead')} <a href={href('/console/help')}>{t('help.title')}</a></p>
      <Told of={actionData ?? (missing ? { kind: 'missing' } : undefined)} />
      {records ? (
        <section>
          <h2>{t('paper.record')}</h2>
          <form method="post">
            <Field name="key" label={t('paper.number')} hint={t('paper.number-says')} defaultValue={again?.key} autoComplete="off" required />
            <Field name="giver" label={t('paper.giver')} defaultValue={again?.giver} autoComplete="off" maxLength={60} required />
            <Choice name="scope" title={t('paper.scope')} of={MANDATE_SCOPES.map((one) => [one, t(`help.scope.${one}`)])} />
            <Choice name="months" title={t('paper.months')} of={MANDATE_MONTHS.map((one) => [String(one), t('paper.month', { count: one })])} />
            <Choice name="seen" title={t('paper.seen')} of={SEEN_PAPERS.map((one) => [one, t(`paper.seen-${one}`)])} />
            <p>
              <button className="con-button" formAction="/console/help/paper/form.pdf">{t('paper.print')}</button>{' '}
              <button className="con-button" name="do" value="write">{t('paper.signed-now')}</button>
            </p>
          </form>
        </section>
      ) : null}
      <section>
        <h2>{t('paper.waiting')}</h2>
        {waiting.length === 0 ? <p className="desk-lead">{t('paper.none')}</p> : (
          <ul className="con-list">
            {waiting.map(({ subjectKey, number, giver, scope, until, taker, isOwn }) => (
              <li key={`${subjectKey} ${String(number)}`}>
                <p>{t('paper.line', { giver, taker })} <span className="desk-muted">{t(`help.scope.${scope}`)} · {t('help.until', { day: day(until, locale) })}</span></p>
                {isOwn ? <p className="desk-muted">{t('paper.other-first')}</p> : (
                  <form method="post"><input type="hidden" name="do" value="witness" /><input type="hidden" name="key" value={subjectKey} /><input type="hidden" name="number" value={number} /><button className="con-button">{t('paper.have-seen')}<span className="away">{giver}</span></button></form>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      {records ? (
        <section>
          <h2>{t('paper.take-back')}</h2>
          <p className="desk-lead">{t('paper.take-back-says')}</p>
          <form method="post"><input type="hidden" name="do" value="end" /><Field name="key" label={t('paper.number')} autoComplete="off" required /><button className="con-button">{t('paper.end')}</button></form>
        </section>
      ) : null}
    </>
  );
}

type Answer = Exclude<Route.ComponentProps['actionData'], undefined> | { readonly kind: 'missing' };

function Told({ of }: { readonly of: Answer | undefined }): ReactNode {
  const { t } = useConsole();
  if (of === undefined) return null;
  switch (of.kind) {
    case 'written': case 'witnessed': return <p className="con-done" role="status">{t(`paper.${of.kind}`)}</p>;
    case 'ended': return <p className="con-done" role="status">{t('paper.ended', { count: of.count })}</p>;
    case 'missing': case 'person-unknown': case 'mandate-same-person': case 'mandate-over': return <Problem>{t(`paper.${of.kind}`)}</Problem>;
    case 'mandate-too-long': return <Problem>{t('paper.missing')}</Problem>;
    default: return of satisfies never;
  }
}

function Choice({ name, title, of }: { readonly name: string; readonly title: string; readonly of: readonly (readonly [value: string, label: string])[] }): ReactNode {
  return <fieldset className="con-choices"><legend>{title}</legend>{of.map(([value, label]) => <label key={value} className="con-choice"><input type="radio" name={name} value={value} required /> {label}</label>)}</fieldset>;
}
