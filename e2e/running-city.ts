import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from '#apps/server/app.ts';
import { pages } from '#apps/server/pages.ts';
import { openCity } from '#engine/city.ts';
import type { City, CityInput } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { lintPlan, loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';

/** A city of this repository on a fixed day, as the server opens it. */
export function cityOf(name: 'jinhua' | 'lantern-bay', change: Partial<City> = {}, input: Partial<CityInput> = {}): City {
  const { pack } = loadPack(packFiles(name));
  const today = parseDate('2026-11-24');
  if (!pack || !today) throw new Error(`${name} does not load`);
  return { ...openCity({ pack, ...linkBook(pack), release: { digest: 'c0ffee'.padEnd(64, '0'), activatedAt: '2026-11-24T00:00:00.000Z' }, today, findings: lintPlan(pack), diagnostics: [], mode: 'demo', ...input }), ...change };
}

export interface Running {
  readonly app: FastifyInstance;
  readonly origin: string;
}

/** The city with its pages on a free port. */
export async function run(city: City, options: { readonly dev?: boolean } = {}): Promise<Running> {
  const app = await createApp({ city: () => city, ready: async () => true, pages: pages({ city: () => city, ...options }), quiet: true });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` };
}
