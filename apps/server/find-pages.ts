import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FastifyRequest } from 'fastify';
import type { City } from '#engine/city.ts';
import type { StaffSignIn } from '#engine/console/index.ts';
import type { AppOptions } from './app.ts';
import { ROOT } from './settings.ts';
import type { Visitors } from './visitor.ts';

type Pages = NonNullable<AppOptions['pages']>;

/** With what the pages are answered. */
interface PagesInput {
  readonly city: () => City;
  readonly visitor: Visitors['of'];
  readonly staff: (request: FastifyRequest) => StaffSignIn;
  /** Who comes to the desk. */
  readonly desk: 'open' | 'staff';
  readonly dev: boolean;
}

interface PagesModule {
  readonly pages: (options: PagesInput) => Pages;
}

/**
 * The pages where they are there: from their sources in development, else from the build. Undefined: the API alone.
 *
 * The one place that wires pages to the server. They are looked up at run time, so that an API-only server needs no build.
 */
export async function findPages(input: PagesInput): Promise<Pages | undefined> {
  const file = join(ROOT, 'apps/server/pages.ts');
  if (!existsSync(file) || !(input.dev || existsSync(join(ROOT, 'build/server/index.js')))) return undefined;
  const module: unknown = await import(pathToFileURL(file).href);
  return hasPages(module) ? module.pages(input) : undefined;
}

function hasPages(module: unknown): module is PagesModule {
  return typeof module === 'object' && module !== null && 'pages' in module && typeof module.pages === 'function';
}
