import { hiddenPlaces } from '#engine/entitlement/index.ts';
import type { ChangeList, ServiceTotals, Stop } from '#engine/entitlement/index.ts';
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
export function printChanges({ terminal }: Call, key: string, against: string, { counts, grants, movedFen, missing = 0 }: Omit<ChangeList, 'services'> & { readonly missing?: number }, stops: readonly Stop[]): void {
  terminal.print(terminal.word(key, { since: against, grants, moved: yuan(movedFen), new: counts.new, raised: counts.raised, lowered: counts.lowered, ended: counts.ended, unknown: counts['now-unknown'] }));
  if (missing > 0) terminal.print(terminal.word('everybody.missing', { count: missing }));
  for (const { of, changed, before, limitBp } of stops) terminal.print(terminal.word(`everybody.stop-${of}`, { changed: of === 'money' ? yuan(changed) : changed, before: of === 'money' ? yuan(before) : before, percent: limitBp / 100 }));
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
