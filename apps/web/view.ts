import { LOCALES } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';

/** How a page is shown. All of it stands in the address, so that a page can be sent to somebody as it is seen. */
export interface View {
  readonly locale: Locale;
  /** `large` is the mode for older people: bigger text and targets, fewer choices. */
  readonly size: 'normal' | 'large';
  /** The division that the reader chose; empty where none was. */
  readonly place: string;
}

/** The view that an address asks for; anything unknown is Chinese, normal, no place. */
export function readView(search: string): View {
  const query = new URLSearchParams(search);
  const lang = query.get('lang');
  return {
    locale: LOCALES.find((locale) => locale === lang) ?? 'zh',
    size: query.get('size') === 'large' ? 'large' : 'normal',
    place: /^[a-z0-9-]{1,32}$/.test(query.get('place') ?? '') ? (query.get('place') ?? '') : '',
  };
}

/** The address of a page in a view: the one builder of links, so that language, size and place are kept on every step. */
export function hrefIn(view: View, path: string, query: Readonly<Record<string, string>> = {}): string {
  const [page = '', anchor] = path.split('#');
  const kept = { ...(view.locale === 'zh' ? {} : { lang: view.locale }), ...(view.size === 'large' ? { size: 'large' } : {}), ...(view.place === '' ? {} : { place: view.place }) };
  const search = new URLSearchParams({ ...query, ...kept }).toString();
  return `${page}${search === '' ? '' : `?${search}`}${anchor === undefined ? '' : `#${anchor}`}`;
}
