import { index, layout, route } from '@react-router/dev/routes';
import type { RouteConfig } from '@react-router/dev/routes';

export default [
  layout('portal/layout.tsx', [
    index('portal/home.tsx'),
    route('search', 'portal/search.tsx'),
    route('life/:domain', 'portal/life.tsx'),
    route('services', 'portal/services.tsx'),
    route('services/:id', 'portal/service.tsx'),
    route('events', 'portal/events.tsx'),
    route('events/:id', 'portal/event.tsx'),
    route('money', 'portal/money.tsx'),
    route('matters', 'portal/matters.tsx'),
    route('near', 'portal/near.tsx'),
    route('help', 'portal/help.tsx'),
    route('about', 'portal/about.tsx'),
    route('plan', 'portal/plan.tsx'),
    route('plan/indicators', 'portal/plan-indicators.tsx'),
    route('plan/targets', 'portal/plan-targets.tsx'),
    route('plan/projects', 'portal/plan-projects.tsx'),
    route('plan/systems', 'portal/plan-systems.tsx'),
    route('plan/findings', 'portal/plan-findings.tsx'),
    route('plan/source', 'portal/plan-source.tsx'),
    route('indicators/:id', 'portal/indicator.tsx'),
    route('offline', 'portal/offline.tsx'),
    route('internal/components', 'portal/components.tsx'),
    route('*', 'portal/not-found.tsx'),
  ]),
  route('desk', 'desk/layout.tsx'),
] satisfies RouteConfig;
