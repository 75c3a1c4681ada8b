import type { ReactNode } from 'react';
import type { Route } from './+types/search.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage, useSite } from '../page.tsx';
import { Jump } from './parts/blocks.tsx';
import { LifeStages } from './parts/lists.tsx';
import { SearchForm } from './parts/search-form.tsx';
import { resultsIn } from './results.ts';
import { lifeStages } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, query, locale } = asked(args);
  const q = (query.get('q') ?? '').slice(0, 100).trim();
  return { q, groups: resultsIn(city, q, locale), domains: lifeStages(city.pack.plan) };
}

export default function Search({ loaderData }: Route.ComponentProps): ReactNode {
  const { q, groups, domains } = loaderData;
  const { t, href } = usePage();
  const total = groups.reduce((sum, { results }) => sum + results.length, 0);
  const title = q === '' ? t('search.title') : t('search.title-for', { query: q });
  return (
    <>
      <Head title={title} />
      <div className="title"><h1>{q === '' ? t('search.title') : total === 0 ? t('search.none-title', { query: q }) : t('search.count', { query: q, count: total })}</h1></div>
      <SearchForm query={q} />
      {q !== '' && total === 0 ? <Nothing /> : null}
      {groups.length > 1 ? <Jump to={groups.map(({ kind, results }) => [kind, t(`hit.${kind}`), results.length])} /> : null}
      {groups.map(({ kind, results }) => (
        <section key={kind}>
          <h2 id={kind}>{t(`hit.${kind}`)}</h2>
          <ul className="rows">
            {results.map(({ path, name, says, match }) => (
              <li key={path}>
                <a href={href(path)}><Marked text={name} match={match} /></a>
                {says === undefined || says.zh === name.zh ? null : <p><Text of={says} /></p>}
                {match.kind === 'name' ? null : <p className="muted">{t(`match.${match.kind}`, { said: match.said, means: match.means ?? '' })}</p>}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {total === 0 ? <section><h2>{t('search.browse')}</h2><LifeStages domains={domains} /></section> : null}
    </>
  );
}

function Marked({ text, match }: { readonly text: { readonly zh: string; readonly en?: string | undefined }; readonly match: { readonly kind: string; readonly said: string } }): ReactNode {
  const { say } = usePage();
  const name = say(text);
  const at = match.kind === 'name' ? name.toLowerCase().indexOf(match.said.toLowerCase()) : -1;
  return at < 0 ? <Text of={text} /> : <>{name.slice(0, at)}<mark>{name.slice(at, at + match.said.length)}</mark>{name.slice(at + match.said.length)}</>;
}

/** An empty result helps on: other words, the list, a person. */
function Nothing(): ReactNode {
  const { t, href } = usePage();
  const phone = useSite()?.hotline.phone ?? '';
  return (
    <ul className="plain">
      <li>{t('search.none-words')}</li>
      <li>{t('search.none-pinyin')}</li>
      <li><a href={href('/services')}>{t('search.none-browse')}</a></li>
      <li>{t('search.none-call')}<a href={`tel:${phone}`}>{phone}</a>{t('stop')}</li>
    </ul>
  );
}
