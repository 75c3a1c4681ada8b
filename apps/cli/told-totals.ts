import { hiddenPlaces } from '#engine/entitlement/index.ts';
import type { ChangeList, Cycle, ServiceTotals, Stop } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { Call } from './command.ts';
import { yuan } from './people.ts';

/** One line about how many have a service, and the money. */
export function lineOf({ terminal }: Call, pack: Pack, { service, yes, no, unknown, amountFen, cycle }: ServiceTotals): string {
  const count = (list: ServiceTotals['no']): number => list.reduce((sum, one) => sum + one.count, 0);
  const record = pack.services.get(service);
  const line = terminal.word('decide-all.line', { service: record ? say(record.name, terminal.locale) : service, yes, no: count(no), unknown: count(unknown) });
  if (amountFen === undefined) return line;
  return `${line} · ${terminal.word('decide-all.money', { amount: yuan(amountFen), cycle: terminal.word(`cycle.${cycle ?? 'once'}`) })}`;
}

/** What changed, and whether a person has to look; `key` names the sentence, `against` is what it is compared with. */
export function printChanges({ terminal }: Call, key: string, against: string, { counts, grants, cycles, missing = 0 }: Pick<ChangeList, 'counts' | 'grants' | 'cycles'> & { readonly missing?: number }, stops: readonly Stop[]): void {
  terminal.print(terminal.word(key, { since: against, grants, moved: moneyWords(terminal, cycles.map(({ cycle, movedFen }) => [cycle, movedFen])), new: counts.new, raised: counts.raised, lowered: counts.lowered, ended: counts.ended, unknown: counts['now-unknown'] }));
  if (missing > 0) terminal.print(terminal.word('everybody.missing', { count: missing }));
  for (const stop of stops) terminal.print(stopWords(terminal, stop));
}

/** Which limit is broken, and by how much. */
export function stopWords(terminal: Call['terminal'], { of, cycle, changed, before, limitBp }: Stop): string {
  const text = of === 'money' ? yuan : String;
  return terminal.word(`everybody.stop-${of}`, { changed: text(changed), before: text(before), percent: limitBp / 100, cycle: terminal.word(`cycle.${cycle ?? 'once'}`) });
}

/** Money cycle by cycle: sums of different cycles are no one sum. */
export function moneyWords(terminal: Call['terminal'], sums: readonly (readonly [cycle: Cycle, fen: number])[]): string {
  const moved = sums.filter(([, fen]) => fen !== 0);
  if (moved.length === 0) return terminal.word('cycle.nothing');
  return moved.map(([cycle, fen]) => terminal.word('cycle.money', { cycle: terminal.word(`cycle.${cycle}`), amount: yuan(fen) })).join(terminal.word('cycle.and'));
}

/** A county with few people shows neither their number nor their money. */
export function withoutSmall(totals: ServiceTotals): unknown {
  const hidden = hiddenPlaces(totals.counties.map(({ yes }) => yes));
  const small = new Set(totals.counties.filter((_, at) => hidden.has(at)).map(({ county }) => county));
  return {
    ...totals,
    counties: totals.counties.map((one, at) => (hidden.has(at) ? { county: one.county, yes: null, amountFen: null } : one)),
    payers: totals.payers.map((one) => (one.level === 'county' && small.has(one.county) ? { ...one, amountFen: null } : one)),
  };
}
