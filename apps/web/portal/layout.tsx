import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import type { Route } from './+types/layout.ts';
import { pageInput } from '../context.ts';
import stylesheet from '../portal.css?url';

export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: stylesheet }];

export function loader({ context }: Route.LoaderArgs) {
  const { city } = context.get(pageInput);
  return { site: city.pack.plan.site };
}

export default function Portal({ loaderData }: Route.ComponentProps): ReactNode {
  return <><header>{loaderData.site.zh}</header><Outlet /></>;
}
