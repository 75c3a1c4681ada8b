import type { ReactNode } from 'react';
import type { Route } from './+types/home.ts';
import { signedIn } from '../../context.ts';
import { Head, usePage } from '../../page.tsx';
import { Title } from '../parts/blocks.tsx';

export async function loader(args: Route.LoaderArgs) {
  const { city, visitor } = signedIn(args);
  const found = await city.decidePerson(visitor.principal, 'my-page', { key: visitor.about, through: '/my' });
  return { yes: found.kind === 'decided' ? found.entitlements.all.filter(({ verdict }) => verdict.kind === 'yes').map(({ service }) => ({ id: service.id, name: service.name })) : [] };
}

export default function MyHome({ loaderData: { yes } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={t('my.title')} />
      <Title>{t('my.title')}</Title>
      <p><a href={href('/my/family')}>{t('family.title')}</a> · <a href={href('/my/proofs')}>{t('proofs.title')}</a></p>
      <ul className="plain">{yes.map(({ id, name }) => <li key={id}><a href={href(`/services/${id}`)}>{say(name)}</a></li>)}</ul>
    </>
  );
}
