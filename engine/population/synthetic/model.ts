import type { Pack, SyntheticPart } from '#engine/pack/index.ts';

export type People = NonNullable<SyntheticPart['people']>;
export type ColumnModel = NonNullable<SyntheticPart['columns']>[number];
export type DrawModel = NonNullable<ColumnModel['cases']>[number];
export type LifeModel = NonNullable<SyntheticPart['lives']>[number];
export type SpellModel = NonNullable<SyntheticPart['spells']>[number];
export type SentModel = NonNullable<SyntheticPart['sent']>[number];
export type TotalModel = NonNullable<SyntheticPart['totals']>[number];

/** How a city is drawn: the files of `synthetic/` put together. */
export interface SyntheticModel {
  readonly pack: Pack;
  readonly people: People;
  readonly columns: readonly ColumnModel[];
  readonly lives: readonly LifeModel[];
  readonly spells: readonly SpellModel[];
  readonly sent: readonly SentModel[];
  readonly totals: readonly TotalModel[];
}

/** The model of a pack; undefined where the pack draws no city. */
export function syntheticModel(pack: Pack): SyntheticModel | undefined {
  const parts = [...pack.synthetic.values()];
  const people = parts.find((part) => part.people)?.people;
  return people && {
    pack, people,
    columns: parts.flatMap((part) => part.columns ?? []),
    lives: parts.flatMap((part) => part.lives ?? []),
    spells: parts.flatMap((part) => part.spells ?? []),
    sent: parts.flatMap((part) => part.sent ?? []),
    totals: parts.flatMap((part) => part.totals ?? []),
  };
}

/** What is wrong with a model: a name that means nothing, a test that cannot be read, columns that ask one another. */
export class ModelFault extends Error {
  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
  }
}
