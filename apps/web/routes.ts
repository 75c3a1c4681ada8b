import { index, layout, route } from '@react-router/dev/routes';
import type { RouteConfig } from '@react-router/dev/routes';

export default [
  layout('portal/layout.tsx', [
    index('portal/home.tsx'),
    route('*', 'portal/not-found.tsx'),
  ]),
  route('desk', 'desk/layout.tsx', [
    index('desk/overview.tsx'),
    route('indicators', 'desk/indicators.tsx'),
    route('targets', 'desk/targets.tsx'),
    route('services', 'desk/services.tsx'),
    route('mechanisms', 'desk/mechanisms.tsx'),
    route('systems', 'desk/systems.tsx'),
    route('projects', 'desk/projects.tsx'),
    route('findings', 'desk/findings.tsx'),
  ]),
] satisfies RouteConfig;
