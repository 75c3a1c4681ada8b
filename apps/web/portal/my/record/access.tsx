import type { ReactNode } from 'react';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Looker } from '#engine/record/index.ts';
import type { Route } from './+types/access.ts';
import { foundOrThrow, signedIn } from '../../../context.ts';
import { day } from '../../../format.ts';
import { departmentName } from '../../../named.ts';
import { Head, usePage } from '../../../page.tsx';
import { wordsOf } from '../../../words.ts';
import { Crumbs, Title } from '../../parts/blocks.tsx';
import { readLabel } from './value.ts';
import { doorWords, nearDay, purposeWords } from './words.ts';

/** Who has looked at somebody's data, as the person may know: each look with who, what for and what. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, locale, query } = signedIn(args);
  const record = foundOrThrow(city.record);
  const t = wordsOf(locale);
  const own = query.get('own') === '1';
  const by = query.get('by') ?? undefined;
  const found = await record.accesses(visitor.principal, { page: Number(/^\d{1,6}$/.exec(query.get('page') ?? '')?.[0] ?? '1'), own, by });
  const who = (one: Looker): string => (one.kind === 'department' ? departmentName(city, one.id, locale) : t(`record.by.${one.kind}`));
  const days = Map.groupBy(found.accesses, ({ on }) => on);
  return {
    own, by, page: found.page, pages: found.pages, count: found.count, ownCount: found.own,
    filters: [...found.by].map(([id, count]) => ({ id, name: id === 'machine' ? t('record.by.machine') : departmentName(city, id, locale), count })),
    days: [...days].map(([on, looks]) => ({
      on, near: nearDay(on, city.today, t), name: day(on, locale),
      looks: looks.map((look) => ({
        time: look.time, who: who(look.by), purpose: purposeWords(look.purpose, t, locale), door: doorWords(look.through, t), everybody: look.everybody, group: look.group,
        facts: look.facts.map((id) => readLabel(city, id, locale)),
      })),
    })),
  };
}

type Loaded = Route.ComponentProps['loaderData'];

export default function Access({ loaderData }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  const { days, count } = loaderData;
  return (
    <>
      <Head title={t('record.access.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Title lead={t('record.access.lead')}>{t('record.access.title')}</Title>
      <Filters {...loaderData} />
      {count === 0 ? <p className="read">{t('record.access.nobody')}</p> : null}
      {days.map((one) => <Day key={one.on} {...one} />)}
      <Pages {...loaderData} />
      <section className="read">
        <h2>{t('record.access.wrong')}</h2>
        <p>{t('record.access.wrong-says')}</p>
      </section>
    </>
  );
}

/** By whom, as plain links; one's own looks are left out until asked for. */
function Filters({ filters, by, own, ownCount }: Loaded): ReactNode {
  const { t, href } = usePage();
  const kept = own ? { own: '1' } : {};
  return (
    <nav className="jump" aria-label={t('record.access.by')}>
      <a href={href('/my/access', kept)} aria-current={by === undefined ? 'true' : undefined}>{t('record.access.all')}</a>
      {filters.map(({ id, name, count }) => <a key={id} href={href('/my/access', { by: id })} aria-current={by === id ? 'true' : undefined}>{name}<span className="count"> {count}</span></a>)}
      {by === undefined && ownCount > 0 ? <a href={href('/my/access', own ? {} : { own: '1' })}>{t(own ? 'record.access.hide-own' : 'record.access.show-own', { count: ownCount })}</a> : null}
    </nav>
  );
}

function Day({ near, name, looks }: { readonly on: CalendarDate } & Loaded['days'][number]): ReactNode {
  const { t } = usePage();
  return (
    <section>
      <h2>{near === undefined ? name : t('record.access.near', { near, day: name })}</h2>
      <ul className="rows">
        {looks.map((look, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- looks of one minute have nothing else to tell them apart
          <li key={`${look.time} ${at}`}>
            <h3>{look.who}</h3> <span className="kind">{look.time}</span>
            <p>{look.purpose}{look.everybody ? t('record.access.everybody') : ''}{look.group ? t('record.access.group') : ''}</p>
            <p className="muted">{look.door}</p>
            <What facts={look.facts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const FEW = 8;

function What({ facts }: { readonly facts: readonly string[] }): ReactNode {
  const { t } = usePage();
  const text = facts.join(t('record.list'));
  if (facts.length === 0) return <p className="flag">{t('record.access.refused')}</p>;
  if (facts.length <= FEW) return <p className="muted">{t('record.access.read', { facts: text })}</p>;
  return <details className="muted"><summary>{t('record.access.read-many', { count: facts.length })}</summary><p>{text}</p></details>;
}

function Pages({ page, pages, own, by }: Loaded): ReactNode {
  const { t, href } = usePage();
  const to = (number: number): string => href('/my/access', { ...(own ? { own: '1' } : {}), ...(by === undefined ? {} : { by }), page: String(number) });
  return pages === 1 ? null : (
    <nav className="jump" aria-label={t('record.access.pages')}>
      {page > 1 ? <a href={to(page - 1)} rel="prev">{t('record.access.newer')}</a> : null}
      <span>{t('record.access.page', { page, pages })}</span>
      {page < pages ? <a href={to(page + 1)} rel="next">{t('record.access.older')}</a> : null}
    </nav>
  );
}
