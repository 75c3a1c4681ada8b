import type { ReactNode } from 'react';
import type { Route } from './+types/proofs.ts';
import { signedIn } from '../../context.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { Crumbs, Note, Title } from '../parts/blocks.tsx';

/** What can be proved on paper today: every answer that is settled. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor } = signedIn(args);
  const found = city.proofs && city.print ? await city.decidePerson(visitor.principal, 'my-page', { key: visitor.about, through: '/my/proofs' }) : undefined;
  const settled = found?.kind === 'decided' ? found.entitlements.all : [];
  return { services: (['yes', 'no'] as const).map((kind) => ({ kind, services: settled.filter(({ verdict }) => verdict.kind === kind).map(({ service }) => ({ id: service.id, name: service.name })) })), canPrint: found?.kind === 'decided' };
}

export default function ProofsPage({ loaderData: { services, canPrint } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={t('proofs.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Title lead={t('proofs.lead')}>{t('proofs.title')}</Title>
      {canPrint ? services.map(({ kind, services: all }) => (all.length === 0 ? null : (
        <section key={kind}>
          <h2>{t(`proofs.${kind}`)}</h2>
          <ul className="acting">
            {all.map(({ id, name }) => (
              <li key={id}>
                <p><Text of={name} /></p>
                <form method="post" action={href(`/my/proofs/${id}`)}><button type="submit" className="button second">{t('proofs.give')}<span className="away">{t('colon')}{say(name)}</span></button></form>
              </li>
            ))}
          </ul>
        </section>
      ))) : <Note title={t('proofs.not-here')}><p>{t('proofs.not-here-says')}</p></Note>}
      <p><a href={href('/check')}>{t('check.title')}</a></p>
    </>
  );
}
