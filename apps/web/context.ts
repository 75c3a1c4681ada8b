import { createContext, data, redirect } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import type { City } from '#engine/city.ts';
import type { Console, StaffSignIn } from '#engine/console/index.ts';
import { rolesThat } from '#engine/permission/index.ts';
import type { Visitor } from '#engine/ports.ts';
import { hrefIn, readView } from './view.ts';
import type { View } from './view.ts';

/** What the server hands to every page of one request. */
export interface PageInput {
  readonly city: City;
  /** Who looks. A page that shows what is theirs is kept by nobody. */
  readonly visitor: Visitor;
  /** How staff sign in; undefined where nobody of them can. */
  readonly staff: StaffSignIn | undefined;
  /** Allows the scripts of this one answer; only pages that run some use it. */
  readonly nonce: string;
  /** Tells the server that the store did not answer while the page was made. */
  readonly unreachable: () => void;
  /** What was sent while it did not; only for the page that says so. */
  readonly retry?: { readonly to: string; readonly typed: readonly (readonly [name: string, value: string])[] | 'lost' | undefined };
  /** Who comes to the desk: anybody, or staff whose role may. */
  readonly desk: 'open' | 'staff';
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

type Resident = Extract<Visitor, { kind: 'resident' }>;

/** What a loader or an action of somebody's own pages starts from; whoever is not signed in is led to where they can be, and back. */
export function signedIn(args: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): ReturnType<typeof asked> & { readonly visitor: Resident } {
  const found = asked(args);
  const { visitor } = found;
  if (visitor.kind !== 'resident') {
    const { pathname, search } = new URL(args.request.url);
    // A form that was sent cannot be sent again by a link: they come back to the page that held it.
    throw redirect(hrefIn(found, '/sign-in', { to: `${pathname.replace(/\.data$/, '')}${search}` }), 303);
  }
  // Whoever was given leave to look changes nothing; the database refuses it too.
  if (visitor.principal.only === 'look' && args.request.method !== 'GET' && args.request.method !== 'HEAD') throw data(null, { status: 403 });
  return { ...found, visitor };
}

type Member = Extract<Visitor, { kind: 'staff' }>;

/** What a loader or an action of the console starts from; whoever is not signed in as staff is led to where they can be, and back. */
export function onDuty(args: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): ReturnType<typeof asked> & { readonly visitor: Member; readonly console: Console } {
  const found = asked(args);
  const { visitor, city } = found;
  if (visitor.kind !== 'staff') {
    const { pathname, search } = new URL(args.request.url);
    throw redirect(hrefIn(found, '/staff/sign-in', { to: `${pathname.replace(/\.data$/, '')}${search}` }), 303);
  }
  return { ...found, visitor, console: foundOrThrow(city.console) };
}

/** Lets a request come to the desk; where that is for staff, anybody else is led to where they sign in, and back. */
export function admitToDesk(args: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): void {
  if (asked(args).desk === 'open') return;
  const { roles } = onDuty(args).visitor.principal;
  if (!rolesThat('desk.read').some((role) => roles.includes(role))) throw data(null, { status: 403 });
}

/** How staff sign in, where they can. */
export function staffDoor(args: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): ReturnType<typeof asked> & { readonly staff: StaffSignIn } {
  const found = asked(args);
  return { ...found, staff: foundOrThrow(found.staff) };
}

/** The same for what only the person themselves may do; whoever acts for another is led to where they can go back. */
export function signedInForSelf(args: Parameters<typeof signedIn>[0]): ReturnType<typeof signedIn> {
  const found = signedIn(args);
  if (found.visitor.acting) throw redirect(hrefIn(found, '/my/family'), 303);
  return found;
}
