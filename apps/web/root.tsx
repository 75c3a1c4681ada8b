import type { ReactNode } from 'react';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLocation, useMatches, useRouteLoaderData } from 'react-router';
import type { Route } from './+types/root.ts';
import { pageInput } from './context.ts';
import { readView } from './view.ts';

export function loader({ context }: Route.LoaderArgs): { readonly nonce: string } {
  return { nonce: context.get(pageInput).nonce };
}

/** The document of every page. Only routes with `handle = { scripts: true }` (desk, console) bring scripts. */
export function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  const { locale, size } = readView(useLocation().search);
  const scripts = useMatches().some(({ handle }) => typeof handle === 'object' && handle !== null && 'scripts' in handle && handle.scripts === true);
  const nonce = useRouteLoaderData<typeof loader>('root')?.nonce;
  return (
    <html lang={locale === 'zh' ? 'zh-CN' : 'en'} data-size={size}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {scripts ? <><ScrollRestoration nonce={nonce} /><Scripts nonce={nonce} /></> : null}
      </body>
    </html>
  );
}

export default function Root(): ReactNode {
  return <Outlet />;
}
