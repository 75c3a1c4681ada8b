import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { City } from '#engine/city.ts';
import type { AppOptions } from './app.ts';
import { ROOT } from './settings.ts';
import type { Visitors } from './visitor.ts';

type Pages = NonNullable<AppOptions['pages']>;

interface PagesModule {
  readonly pages: (options: { readonly city: () => City; readonly visitor: Visitors['of']; readonly dev: boolean }) => Pages;
}

/**
 * The pages where they are there: from their sources in development, else from the build. Undefined: the API alone.
 *
 * The one place that wires pages to the server. They are looked up at run time, so that an API-only server needs no build.
 */
export async function findPages(city: () => City, visitor: Visitors['of'], dev: boolean): Promise<Pages | undefined> {
  const file = join(ROOT, 'apps/server/pages.ts');
  if (!existsSync(file) || !(dev || existsSync(join(ROOT, 'build/server/index.js')))) return undefined;
  const module: unknown = await import(pathToFileURL(file).href);
  return hasPages(module) ? module.pages({ city, visitor, dev }) : undefined;
}

function hasPages(module: unknown): module is PagesModule {
  return typeof module === 'object' && module !== null && 'pages' in module && typeof module.pages === 'function';
}
