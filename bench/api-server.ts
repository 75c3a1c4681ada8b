import Fastify from 'fastify';
import { createApp } from '#apps/server/app.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { openCity } from '#engine/city.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { join } from 'node:path';

/*
 * The server of the benchmark `api`: Jinhua as it is served, without the limit of requests, and beside it a bare
 * Fastify that answers /<bytes> with a constant text of that many bytes. It says both addresses and runs until told.
 */

const reading = readPack(join(import.meta.dirname, '../packs/jinhua'));
const today = parseDate('2026-01-01');
if (reading.kind !== 'pack' || !today) throw new Error('the pack of Jinhua cannot be served');
const city = openCity({ pack: reading.pack, ...reading.linked, findings: reading.findings, today, diagnostics: [], mode: 'demo', release: { digest: '0'.repeat(64), activatedAt: '2026-01-01T00:00:00.000Z' } });
const app = await createApp({ city: () => city, ready: async () => true, quiet: true, limit: Number.MAX_SAFE_INTEGER });

const bare = Fastify();
const constants = new Map<string, string>();
bare.get<{ Params: { bytes: string } }>('/:bytes', async (request, reply) => {
  const { bytes } = request.params;
  const text = constants.get(bytes) ?? JSON.stringify('x'.repeat(Math.max(0, Number(bytes) - 2)));
  constants.set(bytes, text);
  return reply.type('application/json; charset=utf-8').send(text);
});

process.send?.({ served: await app.listen({ port: 0, host: '127.0.0.1' }), bare: await bare.listen({ port: 0, host: '127.0.0.1' }) });
process.on('disconnect', () => void Promise.all([app.close(), bare.close()]));
