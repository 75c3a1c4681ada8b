import type { LocalName } from '#engine/kernel/index.ts';
import type { Centre, Division, Pack } from '#engine/pack/index.ts';

/** A place that residents choose. */
export interface Place {
  readonly code: string;
  readonly name: LocalName;
}

export function placeOf({ code, id, name }: Division): Place {
  return { code: code ?? id, name };
}

/** The county or township that an address names; anything else is no place to live in. */
export function chosenIn({ divisions }: Pack, code: string): Division | undefined {
  const found = divisions.get(code);
  return found?.kind === 'county' || found?.kind === 'township' ? found : undefined;
}

/** The county itself, or the county of a township. */
export function countyOf({ divisions }: Pack, chosen: Division | undefined): Division | undefined {
  return chosen?.kind === 'township' ? divisions.get(chosen.parent ?? '') : chosen;
}

/** A service centre with the name of whoever keeps its entry. */
export type CentreView = Omit<Centre, 'owner'> & { readonly owner: LocalName | undefined };

export function centreView(centre: Centre, { departments }: Pack): CentreView {
  return { ...centre, owner: centre.owner === 'unfilled' ? undefined : departments.get(centre.owner)?.name };
}
