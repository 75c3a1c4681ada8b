import { index, layout, route } from '@react-router/dev/routes';
import type { RouteConfig } from '@react-router/dev/routes';

export default [
  layout('portal/layout.tsx', [
    index('portal/home.tsx'),
    route('*', 'portal/not-found.tsx'),
  ]),
  route('desk', 'desk/layout.tsx'),
] satisfies RouteConfig;
