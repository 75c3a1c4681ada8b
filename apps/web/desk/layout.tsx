import type { ReactNode } from 'react';
import type { Route } from './+types/layout.ts';
import { pageInput } from '../context.ts';

export const handle = { scripts: true };

export function loader({ context }: Route.LoaderArgs) {
  const { city } = context.get(pageInput);
  const { plan, services, indicators } = city.pack;
  return { plan: plan.name, today: city.today, services: services.size, indicators: indicators.size, findings: city.findings.length };
}

export default function Desk({ loaderData }: Route.ComponentProps): ReactNode {
  const { plan, today, services, indicators, findings } = loaderData;
  return (
    <main>
      <h1>{plan.zh}</h1>
      <p><time dateTime={today}>{today}</time></p>
      <dl>
        <dt>服务</dt><dd>{services}</dd>
        <dt>指标</dt><dd>{indicators}</dd>
        <dt>规划自查</dt><dd>{findings}</dd>
      </dl>
    </main>
  );
}
