import { changesBetween, decideAll, hiddenPlaces, Places, screened, stopsOf, totalsOf, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import type { ChangeList, ServiceTotals } from '#engine/entitlement/index.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import { aboutWords, everybody, PEOPLE_OPTIONS, yuan } from './people.ts';
import type { Everybody } from './people.ts';

/** Decides every service for everybody and counts what comes out; with `--since`, also what the law since a day has changed. */
export const decideAllCommand: Command = {
  name: 'decide --all',
  takes: [],
  options: { since: { type: 'string' }, ...PEOPLE_OPTIONS },
  run: async (call) => {
    const { terminal, option } = call;
    const since = option('since');
    const earlier = since === undefined ? undefined : parseDate(since);
    if (since !== undefined && earlier === undefined) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--since', value: since });
    const found = everybody(call);
    if (typeof found === 'number') return found;
    const { pack, book, snapshot, asOf } = found;
    terminal.note(terminal.word('everybody.deciding', { day: asOf }));
    const run = decideAll(screened(book).programAt(dayNumber(asOf)), snapshot);
    const totals = totalsOf(pack, run, new Places(book, snapshot));
    // The same facts of the same people, read by the law and the calendar of an earlier day.
    const changes = earlier && changesBetween(decideAll(screened(book).programAt(dayNumber(earlier)), snapshot), run);
    terminal.result({ asOf, pack: { id: pack.plan.id, digest: found.digest }, people: found.about, services: totals.map(withoutSmall), ...(changes && { changes: { since: earlier, counts: changes.counts, grants: changes.grants, movedFen: changes.movedFen, stops: stopsOf(changes, USUAL_LIMITS) } }) }, () => {
      terminal.print(aboutWords(call, found.about));
      for (const one of totals) terminal.print(lineOf(call, found, one));
      if (changes) printChanges(call, earlier, changes);
    });
    return EXIT.ok;
  },
};

function lineOf({ terminal }: Call, { pack }: Everybody, { service, yes, no, unknown, amountFen, cycle }: ServiceTotals): string {
  const count = (list: ServiceTotals['no']): number => list.reduce((sum, one) => sum + one.count, 0);
  const record = pack.services.get(service);
  const line = terminal.word('decide-all.line', { service: record ? say(record.name, terminal.locale) : service, yes, no: count(no), unknown: count(unknown) });
  if (amountFen === undefined) return line;
  return `${line} · ${terminal.word('decide-all.money', { amount: yuan(amountFen), cycle: terminal.word(`cycle.${cycle ?? 'once'}`) })}`;
}

function printChanges({ terminal }: Call, since: string | undefined, changes: ChangeList): void {
  terminal.print(terminal.word('decide-all.changes', { since: since ?? '', grants: changes.grants, moved: yuan(changes.movedFen), new: changes.counts.new, raised: changes.counts.raised, lowered: changes.counts.lowered, ended: changes.counts.ended, unknown: changes.counts['now-unknown'] }));
  for (const { of, changed, before, limitBp } of stopsOf(changes, USUAL_LIMITS)) terminal.print(terminal.word(`everybody.stop-${of}`, { changed: of === 'money' ? yuan(changed) : changed, before: of === 'money' ? yuan(before) : before, percent: limitBp / 100 }));
}

/** A county with few people shows neither their number nor their money. */
function withoutSmall(totals: ServiceTotals): unknown {
  const hidden = hiddenPlaces(totals.counties.map(({ yes }) => yes));
  const small = new Set(totals.counties.filter((_, at) => hidden.has(at)).map(({ county }) => county));
  return {
    ...totals,
    counties: totals.counties.map((one, at) => (hidden.has(at) ? { county: one.county, yes: null, amountFen: null } : one)),
    payers: totals.payers.map((one) => (one.level === 'county' && small.has(one.county) ? { ...one, amountFen: null } : one)),
  };
}
