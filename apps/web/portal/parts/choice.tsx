import type { ReactNode } from 'react';
import type { ServiceLine } from '../shape.ts';
import { Head } from '../../page.tsx';
import { Title } from './blocks.tsx';
import { ServiceList } from './lists.tsx';

/** One of the four ways of the large home: a sentence, then the services. */
export function Choice({ title, lead, groups, children }: { readonly title: string; readonly lead: string; readonly groups: readonly { readonly name: string; readonly services: readonly ServiceLine[] }[]; readonly children?: ReactNode }): ReactNode {
  return (
    <>
      <Head title={title} description={lead} />
      <Title lead={lead}>{title}</Title>
      {children}
      {groups.map(({ name, services }) => services.length === 0 ? null : <section key={name}><h2>{name}</h2><ServiceList services={services} /></section>)}
    </>
  );
}
