import type { ReactNode } from 'react';
import { usePage } from '../../page.tsx';

/** One box. Language, size and place travel along as hidden fields. */
export function SearchForm({ query = '' }: { readonly query?: string }): ReactNode {
  const { t, href } = usePage();
  return (
    <search><form className="search" action="/search" method="get">
      <label className="away" htmlFor="q">{t('search.label')}</label>
      <input id="q" type="search" name="q" defaultValue={query} placeholder={t('search.example')} autoComplete="off" enterKeyHint="search" maxLength={100} />
      {[...new URLSearchParams(href('/search').split('?')[1] ?? '')].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <button className="button" type="submit">{t('search.go')}</button>
    </form></search>
  );
}
