import { z } from 'zod';
import { hoursAfter, systemClock, systemRandom } from '#adapters/clock/index.ts';
import { openAccessLog, openStore } from '#adapters/store/index.ts';
import { entitlementsReply } from '#apps/server/api/schemas.ts';
import { serverState } from '#apps/server/control.ts';
import { loadPopulation } from '#apps/server/demo-release.ts';
import { doorkeeperOf, principalOf } from '#apps/server/people.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { readSettings } from '#apps/server/settings.ts';
import type { Settings } from '#apps/server/settings.ts';
import type { Bearer } from '#apps/server/token.ts';
import { openCity } from '#engine/city.ts';
import { calledIn, plainEntitlements, whenPersonChanges } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { packDigest } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { printEntitlements } from './decide.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';
import { testPrincipal, testToken } from './token.ts';

interface Asked {
  readonly key: string;
  readonly purpose: string;
  readonly asOf: string | undefined;
  readonly trace: boolean;
  readonly ahead: boolean;
}

/** Decides for a resident of the release that holds, on behalf of a test principal: by the server that runs, else here. */
export const decidePersonCommand: Command = {
  name: 'decide --person',
  takes: ['KEY'],
  options: { as: { type: 'string' }, purpose: { type: 'string' }, 'as-of': { type: 'string' }, trace: { type: 'boolean' }, ahead: { type: 'boolean' }, data: { type: 'string' }, pack: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, flag, given: [key = ''] } = call;
    const purpose = option('purpose') ?? '';
    if (purpose.trim() === '') return terminal.refuse(EXIT.usage, 'purpose-missing');
    const asOf = option('as-of');
    if (asOf !== undefined && !parseDate(asOf)) return terminal.refuse(EXIT.usage, 'day-invalid', { value: asOf });
    const settings = readSettings(env, { data: option('data'), pack: option('pack') });
    if ('kind' in settings) return refuse(terminal, settings);
    const bearer = testPrincipal(call, settings);
    if (typeof bearer === 'number') return bearer;
    const asked: Asked = { key, purpose, asOf, trace: flag('trace'), ahead: flag('ahead') };
    const state = await serverState(settings.folder);
    if (!state) return here(call, settings, bearer, asked);
    const token = testToken(call, settings, bearer, hoursAfter(systemClock().now(), 1));
    return typeof token === 'number' ? token : byServer(call, state.url, token, asked);
  },
};

/** How a command ends that the server refused, by the status of the answer. */
const EXITS: Readonly<Record<number, Exit>> = { 400: EXIT.usage, 401: EXIT.usage, 403: EXIT.failed };

async function byServer({ terminal }: Call, url: string, token: string, asked: Asked): Promise<Exit> {
  const reply = await fetch(`${url}/api/v1/people/entitlements?lang=${terminal.locale}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(asked) });
  const body: unknown = await reply.json();
  if (reply.status !== 200) return terminal.refuse(EXITS[reply.status] ?? EXIT.environment, 'server-refused', { detail: z.looseObject({ detail: z.string() }).safeParse(body).data?.detail ?? '' });
  return printEntitlements(terminal, entitlementsReply.parse(body));
}

async function here(call: Call, settings: Settings, bearer: Bearer, { key, purpose, asOf, trace, ahead }: Asked): Promise<Exit> {
  const { terminal } = call;
  const reading = readPack(settings.pack);
  if (reading.kind !== 'pack') return refuse(terminal, reading);
  const clock = systemClock(settings.today);
  const opening = await openStore(settings, clock.now());
  if (opening.kind === 'refused') return refuse(terminal, opening.refusal);
  const { database } = opening;
  try {
    const log = openAccessLog(database, `command-${Buffer.from(systemRandom(8)).toString('hex')}`, { now: () => clock.now(), random: systemRandom });
    const sealing = openSealing(settings, reading.pack, 'make');
    if (isRefused(sealing)) return refuse(terminal, sealing);
    const population = loadPopulation({ ...settings, sealing }, reading.linked.rules, clock);
    const city = openCity({ pack: reading.pack, ...reading.linked, findings: [], diagnostics: [], mode: settings.mode, population, doorkeeper: doorkeeperOf(database, log), today: clock.today(reading.pack.plan.calendar.zone), release: { digest: packDigest(reading.files), activatedAt: clock.now() } });
    const found = await city.decidePerson(principalOf(city, bearer), purpose, { key, ahead, through: 'minsheng decide --person', lawOn: asOf === undefined ? undefined : dayNumber(asOf) });
    if (found.kind !== 'decided') return terminal.refuse(found.kind === 'denied' ? EXIT.failed : EXIT.environment, found.kind === 'denied' ? 'person-denied' : 'nobody-loaded');
    const { entitlements, world } = found;
    return printEntitlements(terminal, plainEntitlements(city, entitlements, { locale: terminal.locale, withTrace: trace, thing: calledIn(city.rules, world, terminal.locale), changeOf: ahead ? (one) => whenPersonChanges(city.rules, world, one) : undefined }));
  } finally {
    await database.close();
  }
}
