import type { City } from '#engine/city.ts';
import { shownTakeUp, takeUpPlaces } from '#engine/entitlement/index.ts';
import type { ShownTable } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { countedElsewhere } from './elsewhere.ts';
import type { DeskWords } from './words.ts';

const MEASURES = ['entitled', 'drawn', 'notDrawn', 'undue', 'near'] as const;
export type Measure = (typeof MEASURES)[number];

/** Who draws a service by county and by town and country, ready to be shown. */
export interface TakeUpLines {
  /** Town, country, and not known. */
  readonly groups: readonly { readonly key: string; readonly name: string }[];
  readonly measures: readonly Measure[];
  readonly isRecorded: boolean;
  /** By county, then by measure and group; null where they are few. The last line is the whole city. */
  readonly lines: readonly { readonly key: string; readonly name: string; readonly counts: readonly (readonly (number | null)[])[] }[];
}

/** Null where the service is not decided, or nobody is loaded. */
export function takeUpLines(city: City, service: string, locale: Locale, t: DeskWords): TakeUpLines | null {
  const [found, baseline] = [city.takeUp(service), city.baseline()];
  if (!found || !baseline) return null;
  const { counties, groups } = takeUpPlaces(baseline);
  const shown = shownTakeUp(found);
  const elsewhere = countedElsewhere(city);
  const measures = MEASURES.filter((measure) => found.isRecorded || measure === 'entitled' || measure === 'near');
  const labels = city.pack.breakdowns.get('place')?.groups ?? [];
  const kept = [...groups.keys()].filter((at) => groups[at] !== undefined || measures.some((measure) => shown[measure].byColumn[at] !== 0));
  const counts = (of: (table: ShownTable) => readonly (number | null)[] | undefined): (number | null)[][] => measures.map((measure) => kept.map((at) => of(shown[measure])?.[at] ?? null));
  const named = (county: string | undefined): string => { const division = county === undefined ? undefined : city.pack.divisions.get(county); return division ? say(division.name, locale) : t('simulate.county-unknown'); };
  return {
    measures, isRecorded: found.isRecorded,
    groups: kept.map((at) => { const label = labels.find(({ id }) => id === groups[at])?.label; return { key: groups[at] ?? '', name: label ? say(label, locale) : t('simulate.group-unknown') }; }),
    lines: [...counties.flatMap((county, at) => (county !== undefined && elsewhere.has(county) ? [] : [{ key: county ?? 'unknown', name: named(county), counts: counts(({ cells }) => cells[at]) }])), { key: 'all', name: t('scope.city'), counts: counts(({ byColumn }) => byColumn) }],
  };
}
