import type { Breakdown, Pack } from '#engine/pack/index.ts';

/** A group of the breakdown by standing, everywhere or where it lives in an area. */
export interface Opening {
  readonly group: string;
  readonly area?: string | undefined;
}

/**
 * The rule text that says who of a kind of thing is in a group: its own words, and those of none of the groups before
 * it. Undefined where the pack does not say it of such things.
 */
export function groupText({ groups }: Breakdown, at: number, entity: string): string | undefined {
  const texts = groups.slice(0, at + 1).map((group) => (entity === 'person' ? group.is : group.in.find((one) => one.entity === entity)?.is));
  if (texts.includes(undefined)) return undefined;
  return texts.map((text, place) => (place === at ? `(${text})` : `not(${text})`)).join(' and ');
}

/** The rule text that says who is let in by an opening; undefined where there is no such group or area, or none for such things. */
export function openingText(pack: Pack, entity: string, { group, area }: Opening): string | undefined {
  const standing = pack.breakdowns.get('standing');
  const at = standing?.groups.findIndex(({ id }) => id === group) ?? -1;
  const who = standing && at >= 0 ? groupText(standing, at, entity) : undefined;
  if (who === undefined || area === undefined) return who;
  const where = residentText(pack, entity, area);
  return where === undefined ? undefined : `${where} and ${who}`;
}

/** Living in an area, and in none of the counties or reporting units below it: those are counted for themselves. */
function residentText({ facts, divisions }: Pack, entity: string, area: string): string | undefined {
  const fact = [...facts.values()].find((one) => one.areaBasis === 'resident' && one.entity === entity);
  const division = divisions.get(area);
  if (!fact || !division) return undefined;
  const counted = (id: string): boolean => id === area || (divisions.get(id)?.parent !== undefined && counted(divisions.get(id)?.parent ?? ''));
  const apart = isCounty(division.kind) ? [...divisions.values()].filter(({ id, kind }) => id !== area && isCounty(kind) && counted(id)) : [];
  const within = (name: string): string => `within(${fact.name}, "${name}")`;
  return [within(division.name.zh), ...apart.map(({ name }) => `not(${within(name.zh)})`)].join(' and ');
}

const isCounty = (kind: string): boolean => kind === 'county' || kind === 'reporting-unit';
