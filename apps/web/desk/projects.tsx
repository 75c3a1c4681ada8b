import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Route } from './+types/projects.ts';
import { asked } from '../context.ts';
import { DeskTable } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Row extends DeskRow {
  readonly name: string;
  readonly domain: string;
  readonly kind: string;
  readonly nature: string;
  readonly content: string;
  readonly year: number | null;
  readonly money: string | null;
  readonly owner: string | null;
  readonly cite: string;
}

export function loader(args: Route.LoaderArgs): { readonly rows: readonly Row[] } {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const domains = new Map(city.pack.plan.domains.map((domain) => [domain.id, say(domain.name, locale)]));
  const rows = [...city.pack.projects.values()].map((one): Row => {
    const owner = one.owner === 'unfilled' ? undefined : city.pack.departments.get(one.owner);
    return {
      key: one.id, name: say(one.name, locale), domain: domains.get(one.domain) ?? one.domain, kind: t(`project-kind.${one.kind}`), nature: t(`nature.${one.nature}`), content: one.content,
      year: one.year === 'unfilled' ? null : one.year, money: one.money === 'unfilled' ? null : one.money, owner: owner ? say(owner.name, locale) : null, cite: printCitation(one.cite),
    };
  });
  return { rows };
}

const COLUMNS: readonly DeskColumn<Row>[] = [
  { key: 'name', title: 'column.name', kind: 'text', width: 240 },
  { key: 'domain', title: 'column.domain', kind: 'choice' },
  { key: 'kind', title: 'column.kind', kind: 'choice' },
  { key: 'nature', title: 'column.nature', kind: 'choice' },
  { key: 'content', title: 'column.content', kind: 'text', width: 380 },
  { key: 'year', title: 'column.year', kind: 'choice', empty: 'empty.printed' },
  { key: 'money', title: 'column.money', kind: 'choice', empty: 'empty.printed' },
  { key: 'owner', title: 'column.owner', kind: 'choice' },
  { key: 'cite', title: 'column.cite', kind: 'text', draw: (row) => <span className="desk-cite">{row.cite}</span> },
];

export default function Projects({ loaderData: { rows } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('projects.title')}</title>
      <h1>{t('projects.title')}</h1>
      <p className="desk-lead">{t('projects.lead')}</p>
      <DeskTable rows={rows} columns={COLUMNS} set="projects" caption={t('projects.title')} />
    </>
  );
}
