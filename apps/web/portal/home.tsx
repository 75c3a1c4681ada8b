import type { ReactNode } from 'react';
import type { Route } from './+types/home.ts';
import { pageInput } from '../context.ts';

export function loader({ context }: Route.LoaderArgs) {
  const { pack } = context.get(pageInput).city;
  return { domains: pack.plan.domains };
}

export default function Home({ loaderData }: Route.ComponentProps): ReactNode {
  return <main><ul>{loaderData.domains.map(({ id, mark, life }) => <li key={id}>{mark} {life?.zh}</li>)}</ul></main>;
}
