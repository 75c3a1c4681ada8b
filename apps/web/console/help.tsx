import type { ReactNode } from 'react';
import { data } from 'react-router';
import { helperId } from '#engine/mandate/index.ts';
import type { Principal } from '#engine/ports.ts';
import { may } from '#engine/permission/index.ts';
import type { Route } from './+types/help.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { day } from '../format.ts';
import { Problem } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { useConsole } from './words.ts';

/** A helper as who acts for a resident: the same as their visitor is then. */
function helper({ id }: Extract<Principal, { kind: 'staff' }>): Extract<Principal, { kind: 'person' }> {
  return { kind: 'person', id: helperId(id), subjects: [] };
}

/** For whom a helper may act: whoever has given them a code. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, query } = onDuty(args);
  if (!may(visitor.principal, 'resident.help', { of: 'city' })) return { may: false as const };
  const { held } = await foundOrThrow(city.family).of(helper(visitor.principal));
  return { may: true as const, refused: query.get('problem') === 'not-yours', held: held.map(({ subjectKey, number, giver, scope, until }) => ({ subjectKey, number, giver, scope, until })) };
}

export async function action(args: Route.ActionArgs) {
  const { city, visitor } = onDuty(args);
  if (!may(visitor.principal, 'resident.help', { of: 'city' })) throw data(null, { status: 403 });
  const code = typed(await args.request.formData(), 'code');
  const answer = code === '' ? { kind: 'code-unknown' as const } : await foundOrThrow(city.family).take(helper(visitor.principal), { taker: visitor.name, code });
  return answer.kind === 'taken' ? { taken: true as const } : data({ taken: false as const, code }, { status: 422 });
}

export default function HelpPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, locale, href } = useConsole();
  const title = t('help.title');
  if (!loaderData.may) return <><title>{title}</title><h1>{title}</h1><p className="desk-lead">{t('help.not-yours')}</p></>;
  return (
    <>
      <title>{title}</title>
      <h1>{title}</h1>
      <p className="desk-lead">{t('help.lead')}</p>
      {loaderData.refused && !actionData ? <Problem>{t('help.refused')}</Problem> : null}
      {actionData?.taken === false ? <Problem>{t('help.code-unknown')}</Problem> : null}
      {actionData?.taken === true ? <p className="con-done" role="status">{t('help.taken')}</p> : null}
      {loaderData.held.length === 0 ? <p className="desk-lead">{t('help.nobody')}</p> : (
        <ul className="con-list">
          {loaderData.held.map(({ subjectKey, number, giver, scope, until }) => (
            <li key={`${subjectKey} ${number}`}>
              <form method="post" action="/act-for"><input type="hidden" name="other" value={subjectKey} /><button className="con-button">{t('help.act', { name: giver })}</button> <span className="desk-muted">{t(`help.scope.${scope}`)} · {t('help.until', { day: day(until, locale) })}</span></form>
            </li>
          ))}
        </ul>
      )}
      <p><a href={href('/console/help/paper')}>{t('paper.page')}</a> {t('paper.page-says')}</p>
      <form method="post">
        <label className="con-field">{t('help.code')}<small>{t('help.code-says')}</small><input name="code" defaultValue={actionData?.taken === false ? actionData.code : ''} autoComplete="off" autoCapitalize="characters" spellCheck={false} required /></label>
        <button className="con-button">{t('help.take')}</button>
      </form>
    </>
  );
}
