import type { ReactNode } from 'react';
import { useLocation, useRouteLoaderData } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import type { Locale, LocalText } from '#engine/kernel/index.ts';
import type { loader as layoutLoader } from './portal/layout.tsx';
import { hrefIn, readView } from './view.ts';
import type { View } from './view.ts';
import { wordsOf } from './words.ts';
import type { Say } from './words.ts';

export interface PageView {
  readonly view: View;
  readonly locale: Locale;
  readonly large: boolean;
  /** A message of the pages. */
  readonly t: Say;
  /** A text of the pack in the reader's language, or in Chinese. */
  readonly say: (text: LocalText) => string;
  /** The address of a page in the reader's view. */
  readonly href: (path: string, query?: Readonly<Record<string, string>>) => string;
}

/** How the page at hand is shown, with the words and links for it. */
export function usePage(): PageView {
  const view = readView(useLocation().search);
  const { locale } = view;
  return { view, locale, large: view.size === 'large', t: wordsOf(locale), say: (text) => say(text, locale), href: (path, query) => hrefIn(view, path, query) };
}

/** What every page of the portal knows of its city; undefined only where the layout itself failed. */
export function useSite(): Awaited<ReturnType<typeof layoutLoader>> | undefined {
  return useRouteLoaderData<typeof layoutLoader>('portal/layout');
}

/** A text of the pack; where it has no English it is shown in Chinese and marked as such. */
export function Text({ of }: { readonly of: LocalText }): ReactNode {
  const { locale } = usePage();
  return of[locale] === undefined ? <span lang="zh-CN">{of.zh}</span> : of[locale];
}

/**
 * The head of a page: title, description, its own address and the same page in the other language.
 *
 * Addresses are relative: the name of the host comes from the request, and a page that anybody may keep must not
 * repeat what one reader sent.
 */
export function Head({ title, description }: { readonly title: string; readonly description?: string | undefined }): ReactNode {
  const { view, say: speak } = usePage();
  const site = useSite();
  const { pathname, search } = useLocation();
  const q = new URLSearchParams(search).get('q');
  const at = (locale: Locale): string => hrefIn({ locale, size: 'normal', place: '' }, pathname, q === null ? {} : { q });
  const name = site === undefined ? '' : speak(site.site);
  return (
    <>
      <title>{title === name || name === '' ? title : `${title} · ${name}`}</title>
      {description === undefined ? null : <meta name="description" content={description} />}
      <link rel="canonical" href={at(view.locale)} />
      <link rel="alternate" hrefLang="zh-CN" href={at('zh')} />
      <link rel="alternate" hrefLang="en" href={at('en')} />
    </>
  );
}
