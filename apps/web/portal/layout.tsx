import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { describeAny } from '#engine/delivery/index.ts';
import type { Centre } from '#engine/pack/index.ts';
import type { Route } from './+types/layout.ts';
import { pageInput } from '../context.ts';
import stylesheet from '../portal.css?url';
import { readView } from '../view.ts';
import { Frame } from './parts/frame.tsx';
import { Trouble, troubleOf } from '../trouble.tsx';
import { chosenIn } from './place.ts';

export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: stylesheet }];

/** What stands on every page: whose site it is, whom to call, the nearest centre, and, in development, what is wrong with the pack. */
export function loader({ context, request }: Route.LoaderArgs) {
  const { city, dev } = context.get(pageInput);
  const { plan } = city.pack;
  const view = readView(new URL(request.url).search);
  const chosen = chosenIn(city.pack, view.place);
  const centre: Centre | undefined = chosen && city.centresNear(view.place)[0];
  return {
    site: plan.site, city: plan.city, hotline: plan.hotline, statement: plan.statement, today: city.today,
    place: chosen && { code: view.place, name: chosen.name },
    centre: centre && { name: centre.name, address: centre.address, hours: centre.hours, phone: centre.phone, demo: centre.confidence === 'demo' },
    diagnostics: dev ? city.diagnostics.map((one) => ({ at: `${one.place.file}:${one.place.line}`, code: one.code, severity: one.severity, ...describeAny(one, view.locale) })) : [],
  };
}

export default function Portal(): ReactNode {
  return <Frame><Outlet /></Frame>;
}

/** What went wrong, on a page of its own with the same header and the same telephone number. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps): ReactNode {
  return <Frame><Trouble kind={troubleOf(error)} /></Frame>;
}
