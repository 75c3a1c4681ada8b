import { changesBetween, decideAll, Places, screened, stopsOf, totalsOf, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import type { StopLimits } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { decideStored, folderOfRun } from './decide-stored.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { aboutWords, everybody, PEOPLE_OPTIONS } from './people.ts';
import { lineOf, printChanges, withoutSmall } from './told-totals.ts';

/**
 * Decides every service for everybody and counts what comes out; with `--since`, also what the law since a day has
 * changed. The people of a data folder are decided in a process of its own and the run is kept there; others in memory.
 */
export const decideAllCommand: Command = {
  name: 'decide --all',
  takes: [],
  options: { since: { type: 'string' }, against: { type: 'string' }, 'stop-at': { type: 'string' }, data: { type: 'string' }, ...PEOPLE_OPTIONS },
  run: async (call) => {
    const { terminal, option } = call;
    const since = option('since');
    const earlier = since === undefined ? undefined : parseDate(since);
    if (since !== undefined && earlier === undefined) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--since', value: since });
    const limits = limitsOf(option('stop-at'));
    if (!limits) return terminal.refuse(EXIT.usage, 'percent-invalid', { option: '--stop-at', value: option('stop-at') ?? '' });
    const data = folderOfRun(call);
    return data === undefined ? inMemory(call, earlier, limits) : decideStored(call, data, { since: earlier, limits });
  },
};

function inMemory(call: Call, earlier: CalendarDate | undefined, limits: StopLimits): Exit {
  const { terminal } = call;
  const found = everybody(call);
  if (typeof found === 'number') return found;
  const { pack, book, snapshot, asOf } = found;
  terminal.note(terminal.word('everybody.deciding', { day: asOf }));
  const run = decideAll(screened(book).programAt(dayNumber(asOf)), snapshot);
  const totals = totalsOf(pack, run, new Places(book, snapshot));
  // The same facts of the same people, read by the law and the calendar of an earlier day.
  const changes = earlier && changesBetween(decideAll(screened(book).programAt(dayNumber(earlier)), snapshot), run, (service) => totals.find((one) => one.service === service)?.cycle);
  const stops = changes ? stopsOf(changes, limits) : [];
  terminal.result({ asOf, pack: { id: pack.plan.id, digest: found.digest }, people: found.about, services: totals.map(withoutSmall), ...(changes && { changes: { since: earlier, counts: changes.counts, grants: changes.grants, movedFen: changes.movedFen, cycles: changes.cycles, stops } }) }, () => {
    terminal.print(aboutWords(call, found.about));
    for (const one of totals) terminal.print(lineOf(call, pack, one));
    if (changes) printChanges(call, 'decide-all.changes', earlier, changes, stops);
  });
  return EXIT.ok;
}

/** How much may change before a person looks, in percent of the grants and of the money; undefined where it is no percentage. */
function limitsOf(percent: string | undefined): StopLimits | undefined {
  if (percent === undefined) return USUAL_LIMITS;
  const bp = /^\d{1,3}(?:\.\d{1,2})?$/.test(percent) ? Math.round(Number(percent) * 100) : NaN;
  return bp <= 10_000 ? { grantsBp: bp, moneyBp: bp } : undefined;
}
