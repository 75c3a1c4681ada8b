import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Fastify from 'fastify';
import { sql } from 'kysely';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { openAccessLog, openStore, vaultOf } from '#adapters/store/index.ts';
import { createApp } from '#apps/server/app.ts';
import { entitlementsReply } from '#apps/server/api/schemas.ts';
import { loadPopulation } from '#apps/server/demo-release.ts';
import { doorkeeperOf, testSignIn } from '#apps/server/people.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { tokenOf } from '#apps/server/token.ts';
import { openCity } from '#engine/city.ts';
import { decidePerson, entitlementsBytes, lookedAtOn, plainEntitlements } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { packDigest } from '#engine/pack/index.ts';
import { personWorld } from '#engine/population/index.ts';
import { dayNumber } from '#engine/rules/index.ts';

/*
 * The server of the benchmark of one person: Jinhua with the residents of a release, on the PostgreSQL of DATABASE_URL,
 * wired as `serve` wires it but without the limit of requests; beside it, in the same process, a bare Fastify that
 * answers a constant. It prints what a caller needs as one line, and what was logged as another when it is told to stop.
 */

const [, , folder = '', day = ''] = process.argv;
const CALLERS = 1_000;

const reading = readPack(join(import.meta.dirname, '../packs/jinhua'));
const today = parseDate(day);
if (reading.kind !== 'pack' || !today) throw new Error('the pack of Jinhua cannot be served');
const { pack, linked, files } = reading;
const clock = systemClock(today);
const opening = await openStore({ folder, databaseUrl: process.env['DATABASE_URL'] }, clock.now());
if (opening.kind === 'refused') throw new Error(opening.refusal.kind);
const { database } = opening;
const vault = vaultOf([systemRandom(32)], systemRandom);
const log = openAccessLog(database, 'bench', { now: () => clock.now(), random: systemRandom });
const sealing = openSealing({ folder, keys: undefined, mode: 'demo' }, pack, 'read');
if (sealing === undefined || isRefused(sealing)) throw new Error('the people of the folder do not open');
const population = loadPopulation({ folder, mode: 'demo', sealing }, linked.rules, clock);
if (!population?.keys) throw new Error('nobody is loaded');
const { keys, people, snapshot } = population;
const city = openCity({ pack, ...linked, findings: [], today, diagnostics: [], mode: 'demo', population, doorkeeper: doorkeeperOf(database, log), release: { digest: packDigest(files), activatedAt: clock.now() } });

const rows = Array.from({ length: CALLERS }, (_, at) => Math.floor((at * people) / CALLERS));
const callers = rows.flatMap((row) => {
  const key = keys.keyOf('person', row);
  // Each asks about themselves: members of staff are shown only what the services of their tasks read, which is less work.
  return key === undefined ? [] : [{ key, token: tokenOf(vault, { kind: 'person', key }, '2999-01-01T00:00:00.000Z') }];
});

/** The CPU milliseconds of one person decided with all traces and written, without the door and HTTP. */
function cpuOfOne(): number {
  const on = dayNumber(today ?? '');
  const sights = lookedAtOn(city.rules, on);
  const once = (row: number): void => {
    const found = decidePerson(city.rules, personWorld(snapshot, { entity: 'person', row, sights }), on);
    entitlementsBytes(entitlementsReply.parse(plainEntitlements(city, found, { locale: 'zh', withTrace: true })), found.steps);
  };
  rows.forEach(once);
  const before = process.cpuUsage();
  rows.forEach((row) => once(row + 1));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / rows.length;
}

const app = await createApp({ city: () => city, ready: async () => true, quiet: true, limit: Number.MAX_SAFE_INTEGER, signedIn: testSignIn(vault, clock, () => city, async () => undefined) });
const bare = Fastify();
let constant = '';
bare.post('/constant', async (_, reply) => reply.type('application/json; charset=utf-8').send(constant));

const served = await app.listen({ port: 0, host: '127.0.0.1' });
const first = callers[1];
constant = (await app.inject({ method: 'POST', url: '/api/v1/people/entitlements', headers: { authorization: `Bearer ${first?.token ?? ''}` }, payload: { key: first?.key, purpose: 'how long an answer is', trace: true } })).body;
const decidedCpu = cpuOfOne();
console.log(JSON.stringify({ served, bare: await bare.listen({ port: 0, host: '127.0.0.1' }), bytes: Buffer.byteLength(constant), services: city.rules.rulesAt(dayNumber(today)).length, people, decidedCpu, callers: callers.map(({ key, token }) => ({ key, token })) }));

// Told to go on by lines: `cpu` gives the CPU so far, anything else ends it.
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'cpu') {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpu: (user + system) / 1_000 }));
    continue;
  }
  const { rows: [counted] } = await database.system('count the log', (session) => sql<{ own: number; all: number }>`select count(*) filter (where actor = subject_key) as own, count(*) as all from access_log`.execute(session));
  console.log(JSON.stringify({ own: Number(counted?.own), all: Number(counted?.all) }));
  break;
}
await Promise.all([app.close(), bare.close()]);
await log.close();
await database.close();
process.exit(0);
