import { vaultOf } from '#adapters/store/index.ts';
import type { Vault } from '#adapters/store/index.ts';
import { countedRandom } from '#adapters/store/testing.ts';
import { openCity } from '#engine/city.ts';
import type { City, CityInput } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import type { ToAct } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { packFiles } from './pack-files.ts';

/** A day of a test; one that is none is a fault of the test. */
export function day(text: string): CalendarDate {
  const date = parseDate(text);
  if (!date) throw new Error(`no day: ${text}`);
  return date;
}

/** The town of tests at an instant, with what a room of the server is opened with beside a database. */
export interface Town {
  readonly pack: Pack;
  readonly city: City;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
}

/** Lantern Bay at an instant; `today` is said apart, for the day of an instant is another in another zone. */
export function townAt(now: string, today: CalendarDate, more: (pack: Pack) => Partial<CityInput> = () => ({})): Town {
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('the town does not load');
  const random = countedRandom();
  const city = openCity({ pack, ...linkBook(pack), findings: [], today, release: { digest: 'c0ffee'.padEnd(64, '0'), activatedAt: now }, diagnostics: [], mode: 'demo', ...more(pack) });
  return { pack, city, clock: { now: () => now, today: () => today }, random, vault: vaultOf([new Uint8Array(32).fill(1)], random) };
}

/** 800.00 yuan a month of the grant of the closed season, as a run leaves it to be acted on: the city pays 60 in 100, the county of registration 40. */
export function closedSeasonGrant(subject: string, standing: ToAct['standing'] = 'good'): ToAct {
  return {
    change: { service: 'closed-season-grant', subject: 'person', row: 0, kind: 'new', wasFen: undefined, isFen: 80_000, clause: 'income' }, key: { service: 'closed-season-grant', subject }, household: null,
    areas: { registered: '990101', resident: '990101' }, unplaced: {}, standing, fact: standing === 'good' ? '' : 'person.month-income',
  };
}
