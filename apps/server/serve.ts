import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { activatePack, everAccount, keepTestAccounts, openAccessLog, openStore, openVault, vaultRefusal } from '#adapters/store/index.ts';
import type { AccessLog, ActivationRefusal, Database, StoreRefusal, VaultRefusal } from '#adapters/store/index.ts';
import { printPdf } from '#adapters/documents/index.ts';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import type { City, CityPopulation } from '#engine/city.ts';
import { packDigest } from '#engine/pack/index.ts';
import type { Pack, PackLoad } from '#engine/pack/index.ts';
import type { Clock } from '#engine/ports.ts';
import { createApp } from './app.ts';
import { openBooks } from './books.ts';
import { openConsole } from './console/console.ts';
import { openControl, socketPath } from './control.ts';
import type { Reloaded, ServerState } from './control.ts';
import { loadPopulation } from './demo-release.ts';
import { eraseRounds } from './erase-due.ts';
import { openFamily } from './family.ts';
import { findPages } from './find-pages.ts';
import { handsOf, liveFirstMonth } from './first-month.ts';
import type { FirstMonthLived } from './first-month.ts';
import { liveCity } from './live-city.ts';
import type { LiveCity } from './live-city.ts';
import { openMine } from './mine/mine.ts';
import { openNotices } from './notices/open.ts';
import { doorkeeperOf, testSignIn } from './people.ts';
import { openProofs } from './proofs.ts';
import { readPack } from './read-pack.ts';
import type { PackReading } from './read-pack.ts';
import { correctingOf, openRecord } from './record/index.ts';
import { openRemedies } from './remedy/index.ts';
import { sealingOf } from './sealing.ts';
import { runsFolder } from './run/folder.ts';
import type { Settings } from './settings.ts';
import { signIn } from './sign-in.ts';
import type { SignInWith } from './sign-in.ts';
import { staffSignIn } from './staff/sign-in.ts';
import { stopGently } from './stop.ts';
import { storeControl } from './store-command.ts';
import { visitorsOf } from './visitor.ts';
import { openVoice, voiceRounds } from './voice/index.ts';
import type { VoiceInput } from './voice/index.ts';

/** Why a city is not served. */
export type ServeRefusal =
  | StoreRefusal
  | VaultRefusal
  | ActivationRefusal
  | Extract<PackReading, { kind: 'pack-missing' }>
  | { readonly kind: 'pack-faulty'; readonly load: PackLoad }
  | { readonly kind: 'port-taken'; readonly port: number; readonly host: string }
  | { readonly kind: 'port-forbidden'; readonly port: number }
  | { readonly kind: 'host-unknown'; readonly host: string }
  | { readonly kind: 'folder-too-deep'; readonly folder: string };

/** A city that answers. */
export interface Running {
  readonly url: string;
  readonly port: number;
  readonly hasPages: boolean;
  readonly city: () => City;
  /**
   * Reads the pack folder again and serves it as it is saved, without putting it in force: that happens when a pack is
   * served at a start. A faulty one is told and the last good one stays.
   */
  readonly reload: () => PackReading | ActivationRefusal;
  /** What the first month of a demonstration came to; undefined where none was lived through. It goes on while the city answers. */
  readonly firstMonth: Promise<FirstMonthLived | undefined>;
  /** Ends requests in progress, for some seconds at most, then closes the store and gives the folder back. */
  readonly stop: () => Promise<void>;
}

export type Serving = { readonly kind: 'running'; readonly running: Running } | { readonly kind: 'refused'; readonly refusal: ServeRefusal };

/** How long requests in progress may take when the server stops; nobody waits for an old answer while code is being written. */
const GRACE_MILLISECONDS = { serving: 10_000, watching: 300 } as const;

/** Opens the city that the settings name and answers for it. Everything is wired here, by hand. */
export async function serve(settings: Settings): Promise<Serving> {
  const clock = systemClock(settings.today);
  const reading = readPack(settings.pack);
  if (reading.kind !== 'pack') return refused(reading);
  const socket = socketPath(settings.folder);
  if (socket === undefined) return refused({ kind: 'folder-too-deep', folder: settings.folder });
  // A taken port is told before anything is made.
  const unheard = await listenRefusal(settings);
  if (unheard) return refused(unheard);
  const opening = await openStore(settings, clock.now());
  if (opening.kind === 'refused') return opening;
  const { database } = opening;
  // What was opened is ended in the opposite order, whether the city stops or does not come to answer.
  const ends = [() => database.close()];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const vaulting = openVault({ ...settings, file: settings.mode === 'demo' ? 'make' : 'none' }, systemRandom);
    if (vaulting.kind === 'refused') return await stop().then(() => vaulting);
    const { vault } = vaulting;
    const otherKey = await database.system('try the key', (session) => vaultRefusal(session, vault));
    if (otherKey) return await stop().then(() => refused(otherKey));
    const release = await activatePack(database, reading.pack.plan.id, reading.files, clock.now());
    if ('kind' in release) return await stop().then(() => refused(release));
    // A shard of the access log for this start: nobody else continues it.
    const accessLog = openAccessLog(database, `serve-${Buffer.from(systemRandom(8)).toString('hex')}`, { now: () => clock.now(), random: systemRandom });
    ends.push(accessLog.close);
    const books = openBooks({ database, runs: runsFolder(settings.folder), pack: () => live.city().pack });
    const mine = openMine({ database, vault, log: accessLog, clock, random: systemRandom, city: () => live.city() });
    await readyStaff(settings, reading.pack, { database, vault, by: { at: clock.now(), actor: 'system', random: systemRandom } });
    const family = openFamily({ database, vault, log: accessLog, clock, random: systemRandom, city: () => live.city() });
    const proofs = openProofs({ database, vault, clock, random: systemRandom, city: () => live.city() });
    const correcting = correctingOf({ folder: settings.folder, sealing: sealingOf(vault, systemRandom, reading.pack) }, () => live, clock);
    const record = openRecord({ database, vault, clock, random: systemRandom, city: () => live.city(), correcting });
    const remedies = openRemedies({ database, vault, log: accessLog, clock, random: systemRandom, city: () => live.city() });
    const console = openConsole({ database, vault, log: accessLog, clock, random: systemRandom, city: () => live.city(), correcting });
    const origin = (): string => settings.origin ?? urlOf(settings.host, portOf(app, settings));
    const { contacts, outbox, ...notices } = openNotices(settings, { database, vault, clock, random: systemRandom, city: () => live.city(), origin });
    const saying: VoiceInput = { database, vault, clock, random: systemRandom, city: () => live.city() };
    const live: LiveCity = liveCity({ ...reading, release }, clock, settings.mode, { books, console, contacts, mine, outbox, record, remedies, voice: openVoice(saying), family, proofs, print: printPdf, doorkeeper: doorkeeperOf(database, accessLog) });
    ends.push(notices.end, voiceRounds(saying), eraseRounds({ database, vault, clock, random: systemRandom, mode: settings.mode }));
    const people = loadPopulation({ ...settings, sealing: sealingOf(vault, systemRandom, reading.pack) }, reading.linked.rules, clock);
    if (people) await bringIn(people, live, accessLog, clock);
    const visitors = visitorsOf({ database, vault, clock, random: systemRandom, city: live.city, family, secure: () => origin().startsWith('https:') });
    const way = signInWith(settings);
    const staff = staffSignIn({ database, vault, clock, random: systemRandom, visitors, city: live.city, secure: () => origin().startsWith('https:') });
    const pages = await findPages({ city: live.city, visitor: visitors.of, staff, desk: settings.desk, dev: settings.watch });
    const app = await createApp({ city: live.city, ready: () => answers(database), signedIn: testSignIn(settings.testPrincipals ? vault : undefined, clock, live.city, (id) => everAccount(database, vault, id)), ...(way && { signIn: signIn({ with: way, visitors, vault, clock, random: systemRandom, city: live.city, origin }) }), ...(pages && { pages }) });
    ends.push(() => stopGently(app, GRACE_MILLISECONDS[settings.watch ? 'watching' : 'serving']));
    const taken = await app.listen({ port: settings.port, host: settings.host }).then(() => undefined, (error: unknown) => refusalOf(error, settings));
    if (taken) return await stop().then(() => refused(taken));
    const port = portOf(app, settings);
    const url = urlOf(settings.host, port);
    notices.soon();
    /** Reads the pack folder again and puts it in force, as the next start would. */
    const inForce = async (): Promise<Reloaded['kind']> => {
      const next = readPack(settings.pack, live.city().parsed);
      if (next.kind === 'pack-faulty') live.fault(next.load.diagnostics);
      if (next.kind !== 'pack') return next.kind;
      const now = await activatePack(database, next.pack.plan.id, next.files, clock.now());
      if ('kind' in now) return now.kind;
      live.replace({ ...next, release: now });
      return 'pack';
    };
    const control = await openControl(socket, {
      state: () => Promise.resolve({ kind: 'json', value: { pid: process.pid, url, plan: live.city().pack.plan.id, release: live.city().release.digest } satisfies ServerState }),
      ...storeControl({ database, vault, clock, random: systemRandom, mode: settings.mode, live }),
      reload: async () => ({ kind: 'json', value: { kind: await inForce(), release: live.city().release.digest } satisfies Reloaded }),
    });
    ends.push(control.close);
    const stopping = new AbortController();
    const hold = { database, vault, clock, random: systemRandom, mode: settings.mode };
    const firstMonth = livesFirst(settings, people) ? liveFirstMonth({ hold, folder: settings.folder, pack: settings.pack, today: live.city().today, hands: handsOf(reading.pack), signal: stopping.signal }) : Promise.resolve(undefined);
    ends.push(async () => {
      stopping.abort();
      await firstMonth.catch(() => undefined);
    });
    const reload = (): PackReading | ActivationRefusal => {
      const next = readPack(settings.pack, live.city().parsed);
      if (next.kind === 'pack-faulty') live.fault(next.load.diagnostics);
      if (next.kind !== 'pack') return next;
      const [holds, wanted, digest] = [reading.pack.plan.id, next.pack.plan.id, packDigest(next.files)];
      if (holds !== wanted) return { kind: 'other-city', holds, wanted };
      // Every good save in force would fill the store with packs that nobody was ever answered by.
      live.replace({ ...next, release: { digest, activatedAt: digest === release.digest ? release.activatedAt : undefined } });
      return next;
    };
    return { kind: 'running', running: { url, port, hasPages: pages !== undefined, city: live.city, firstMonth, reload, stop } };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Every figure about everybody that the city shows is worked out on these columns: one entry that each resident can see, before the first of them. */
async function bringIn(people: CityPopulation, live: LiveCity, log: AccessLog, clock: Clock): Promise<void> {
  await log.write([{ actor: 'system', purpose: 'figures-about-everybody', through: 'serve', about: { kind: 'batch', id: `serve/${clock.now()}` }, columns: [...people.snapshot.schema.facts.keys()].sort() }]);
  live.populate(people);
}

/** Whom one can be in the console of a demonstration; where residents are real there is nobody whom anybody can be. */
async function readyStaff({ mode }: Settings, { staff }: Pack, door: Parameters<typeof keepTestAccounts>[0]): Promise<void> {
  if (mode === 'demo') await keepTestAccounts(door, [...staff.values()].map(({ name, ...member }) => ({ ...member, name: name.zh })));
}

/** Nobody who exists is decided because a city was started. */
function livesFirst({ firstMonth }: Settings, people: CityPopulation | undefined): boolean {
  return firstMonth && people?.kind === 'synthetic';
}

/** Where it listens; what was asked for as long as it does not. */
function portOf(app: FastifyInstance, { port }: Settings): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** How residents sign in: in production only by the single sign-on of the city, for the other provider believes anybody. */
function signInWith({ oidc, mode }: Settings): SignInWith | undefined {
  if (oidc) return { kind: 'oidc', settings: oidc };
  return mode === 'demo' ? { kind: 'test' } : undefined;
}

function refused(refusal: ServeRefusal): Serving {
  return { kind: 'refused', refusal };
}

async function answers(database: Database): Promise<boolean> {
  return database.system('readiness', async (session) => (await sql`select 1`.execute(session)).rows.length === 1).catch(() => false);
}

/** Whether the port could be listened on just now. */
async function listenRefusal({ port, host }: Settings): Promise<ServeRefusal | undefined> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen({ port, host }, resolve));
    await new Promise((resolve) => probe.close(resolve));
    return undefined;
  } catch (error) {
    return refusalOf(error, { port, host });
  }
}

/** What an error of listening means; one that means nothing to us is a fault. */
function refusalOf(error: unknown, { port, host }: Pick<Settings, 'port' | 'host'>): ServeRefusal {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE': return { kind: 'port-taken', port, host };
    case 'EACCES': return { kind: 'port-forbidden', port };
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': case 'EAI_AGAIN': case 'EINVAL': return { kind: 'host-unknown', host };
    default: throw error;
  }
}

/** The address a person types: an address that means "every interface" is reached at the machine itself. */
function urlOf(host: string, port: number): string {
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
}
