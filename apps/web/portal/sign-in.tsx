import type { ReactNode } from 'react';
import type { Route } from './+types/sign-in.ts';
import { asked } from '../context.ts';
import { Head, usePage } from '../page.tsx';
import { Crumbs, Note, Title } from './parts/blocks.tsx';
import { PersonaList } from './parts/personas.tsx';
import { personasView } from './shape.ts';

export const handle = { own: true };

const PROBLEMS = ['not-proved', 'signed-out', 'too-late', 'unknown', 'unreachable'] as const;

/** Where residents sign in; after what did not work, why, and what to do. */
export function loader(args: Route.LoaderArgs) {
  const { city, query, visitor } = asked(args);
  const problem = PROBLEMS.find((one) => one === query.get('problem'));
  return { to: query.get('to') ?? '', again: query.get('again') === '1', problem, personas: personasView(city), isIn: visitor.kind === 'resident', production: city.mode === 'production' };
}

export default function SignIn({ loaderData: { to, again, problem, personas, isIn, production } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('sign-in.title')} description={t('sign-in.lead')} />
      <Crumbs to={[]} />
      {problem === undefined ? null : <div role="status"><Note title={t(`sign-in.problem.${problem}`)}><p>{t(`sign-in.problem.${problem}-says`)}</p></Note></div>}
      <Title lead={t(again ? 'sign-in.again-lead' : 'sign-in.lead')}>{t(again ? 'sign-in.again' : 'sign-in.title')}</Title>
      {isIn && !again ? <p className="buttons"><a className="button" href={href('/my')}>{t('sign-in.go-on')}</a></p> : null}
      {production ? (
        <form method="post" action="/sign-in" className="buttons">
          <input type="hidden" name="to" value={to} />
          {again ? <input type="hidden" name="again" value="1" /> : null}
          <button className="button" type="submit">{t('sign-in.with-city')}</button>
        </form>
      ) : <PersonaList personas={personas} to={to} again={again} />}
      <section>
        <h2>{t('sign-in.without')}</h2>
        <p>{t('sign-in.without-says')} <a href={href('/help')}>{t('help.title')}</a></p>
      </section>
    </>
  );
}
