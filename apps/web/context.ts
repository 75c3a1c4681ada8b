import { createContext, data } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import type { City } from '#engine/city.ts';
import { readView } from './view.ts';
import type { View } from './view.ts';

/** What the server hands to every page of one request. */
export interface PageInput {
  readonly city: City;
  /** Allows the scripts of this one answer; only pages that run some use it. */
  readonly nonce: string;
  /** Whether the pages are being worked on: what is wrong with the pack is then shown on top of them. */
  readonly dev: boolean;
}

export const pageInput = createContext<PageInput>();

/** What every loader starts from: the city, and how the reader wants to see it. */
export function asked({ request, context }: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): PageInput & View & { readonly query: URLSearchParams } {
  const { search, searchParams } = new URL(request.url);
  return { ...context.get(pageInput), ...readView(search), query: searchParams };
}

/** The record, or the page that says there is none. */
export function foundOrThrow<T>(record: T | undefined): T {
  if (record === undefined) throw data(null, { status: 404 });
  return record;
}
