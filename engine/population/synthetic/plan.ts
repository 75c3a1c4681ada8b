import type { Division } from '#engine/pack/index.ts';
import type { Schema } from '#engine/rules/index.ts';
import type { DrawModel, SyntheticModel } from './model.ts';
import { ModelFault } from './model.ts';
import { askedBy, compileDraw } from './draw.ts';
import type { Draw } from './draw.ts';
import { Dice, Quota } from './dice.ts';
import { LANE } from '#engine/rules/index.ts';
import { Sheet, traitType } from './sheet.ts';
import type { Drawn } from './sheet.ts';
import { spellSteps } from './spells.ts';
import type { SpellStep } from './spells.ts';
import { compileWhen } from './test.ts';
import type { Passes } from './test.ts';
import { ratio, valueIn } from './value.ts';

/** Something done to every row of a block of an entity. */
export interface Step {
  readonly entity: string;
  readonly run: (rows: number) => void;
}

/** The columns that the households give, before any other is drawn. */
export interface Given {
  readonly sex: Drawn;
  readonly birth: Drawn;
  readonly residence: Drawn;
  readonly age: Drawn;
  readonly role: Drawn;
  readonly kind: Drawn;
  readonly county: Drawn;
  readonly town: Drawn;
}

/** A model made ready to draw. */
export interface Plan {
  readonly sheet: Sheet;
  readonly given: Given;
  /** Traits that say who forms a group of their own: drawn before groups are. */
  readonly early: readonly Step[];
  readonly steps: readonly Step[];
  readonly last: readonly Step[];
  /** Drawn when all else of a block is. */
  readonly spells: readonly SpellStep[];
}

/** Columns, gaps and lives in an order in which each finds what it asks. */
export function planOf(model: SyntheticModel, schema: Schema, seed: number, on: number): Plan {
  const { people } = model;
  const link = schema.links.get(people.living);
  if (link?.kind !== 'grouping') throw new ModelFault('people', `${people.living} is no grouping`);
  const sheet = new Sheet(schema, link.from);
  const given = givenOf(model, sheet, link.to);
  const targets = new Map<string, Drawn>();
  for (const { fact } of model.columns) {
    const drawn = fact === undefined ? undefined : sheet.fact(fact);
    if (drawn) targets.set(drawn.name, drawn);
  }
  // A trait may take after another column, so facts come first and a trait after the one it takes after.
  for (const { trait } of model.columns) if (trait !== undefined) targets.set(trait, traitOf(model, sheet, trait, 0));
  const apart = new Set(people.groups.flatMap((group) => group.apart ?? []));
  const ordered = order(model, sheet, targets);
  const early = closure(ordered, apart, sheet);
  const step = ({ drawn, cases }: Ordered): Step => columnStep({ sheet, drawn, dice: new Dice(seed, drawn.name), on, where: drawn.name }, cases);
  return {
    sheet, given,
    early: ordered.filter(({ drawn }) => early.has(drawn.name)).map(step),
    steps: ordered.filter(({ drawn }) => !early.has(drawn.name)).map(step),
    last: [...gaps(model, targets, seed), ...lives(model, sheet, seed, on)],
    spells: spellSteps(model.spells, sheet, seed, on),
  };
}

function givenOf({ people, pack }: SyntheticModel, sheet: Sheet, living: string): Given {
  const { names } = people;
  const roles = rolesOf(people);
  const counties = countiesOf(pack).map(({ name }) => name.zh);
  const kinds = people.households.map(({ id }) => id);
  return {
    sex: sheet.fact(people.sex), birth: sheet.fact(people.birth), residence: sheet.fact(people.residence),
    age: sheet.trait(names.age, sheet.person, { kind: 'number', scale: 0, min: 0n, max: 150n }),
    role: sheet.trait(names.role, sheet.person, { kind: 'code', list: 'roles' }, roles),
    kind: sheet.trait(names.kind, living, { kind: 'code', list: 'kinds' }, kinds),
    county: sheet.trait(names.county, living, { kind: 'code', list: 'counties' }, counties),
    town: sheet.trait(names.town, living, { kind: 'boolean' }),
  };
}

/** What is wrong with a model, in the words of whoever edits it; undefined where it can be drawn. */
export function checkSyntheticModel(model: SyntheticModel, schema: Schema): string | undefined {
  try {
    planOf(model, schema, 1, Number(model.people.on.replaceAll('-', '')));
    return undefined;
  } catch (error) {
    if (error instanceof ModelFault) return error.message;
    throw error;
  }
}

/** The counties of a pack, in its order. */
export function countiesOf(pack: SyntheticModel['pack']): readonly Division[] {
  return [...pack.divisions.values()].filter(({ kind }) => kind === 'county');
}

export function rolesOf(people: SyntheticModel['people']): readonly string[] {
  return [...new Set(people.households.flatMap(({ members }) => members.map(({ role }) => role)))];
}

function traitOf(model: SyntheticModel, sheet: Sheet, name: string, depth: number): Drawn {
  const made = sheet.has(name);
  if (made) return made;
  const column = model.columns.find(({ trait }) => trait === name);
  if (!column || depth > model.columns.length) throw new ModelFault(name, 'is drawn nowhere');
  const like = column.cases?.map(({ first, copy }) => first ?? copy).find((one) => one !== undefined);
  const { type, labels } = like === undefined ? traitType(column) : (sheet.has(like) ?? traitOf(model, sheet, like, depth + 1));
  return sheet.trait(name, column.entity ?? sheet.person, type, labels);
}

interface Ordered {
  readonly drawn: Drawn;
  readonly cases: readonly DrawModel[];
}

/** Columns so that each stands after those it asks. */
function order(model: SyntheticModel, sheet: Sheet, targets: ReadonlyMap<string, Drawn>): readonly Ordered[] {
  const cases = new Map(model.columns.map((column) => [sheet.find(column.fact ?? column.trait ?? '', 'columns').name, column.cases ?? []] as const));
  const done: Ordered[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, where: string): void => {
    const drawn = sheet.find(name, where);
    if (!targets.has(drawn.name) || state.get(drawn.name) === 'done') return;
    if (state.get(drawn.name) === 'open') throw new ModelFault(where, `${name} asks itself`);
    state.set(drawn.name, 'open');
    const own = cases.get(drawn.name) ?? [];
    for (const one of own) for (const asked of askedBy(one)) visit(asked, drawn.name);
    state.set(drawn.name, 'done');
    done.push({ drawn, cases: own });
  };
  for (const name of targets.keys()) visit(name, name);
  return done;
}

/** These columns and all that they ask. */
function closure(ordered: readonly Ordered[], names: ReadonlySet<string>, sheet: Sheet): ReadonlySet<string> {
  const wanted = new Set([...names].map((name) => sheet.find(name, 'groups').name));
  for (const { drawn, cases } of ordered.toReversed()) {
    if (wanted.has(drawn.name)) for (const asked of cases.flatMap(askedBy)) wanted.add(sheet.find(asked, drawn.name).name);
  }
  return wanted;
}

interface Column {
  readonly sheet: Sheet;
  readonly drawn: Drawn;
  readonly dice: Dice;
  readonly on: number;
  readonly where: string;
}

/** Draws a column row by row: the first case that holds, else what absence means. */
function columnStep(drawing: Column, models: readonly DrawModel[]): Step {
  const { sheet, drawn, where } = drawing;
  const cases = models.map((one): readonly [Passes, Draw] => [compileWhen(sheet, one.when ?? {}, drawn.entity, where), compileDraw(drawing, one)]);
  const absent = absentOf(drawn);
  return {
    entity: drawn.entity,
    run: (rows) => {
      const { column } = drawn;
      for (let row = 0; row < rows; row++) {
        let value = absent;
        for (const [passes, draw] of cases) {
          if (!passes(row)) continue;
          value = draw(row);
          break;
        }
        column[row] = value;
      }
    },
  };
}

/** A yes-or-no that is told of nobody is no; whatever may be none is none; the rest is not known. */
function absentOf({ type, fact, lane }: Drawn): number {
  if (fact?.nonable === true || !fact) return type.kind === 'boolean' && !fact ? 0 : LANE[lane].none;
  return type.kind === 'boolean' ? 0 : LANE[lane].unknown;
}

/** Values that nobody told: drawn last, so that what depends on them is as it would be. */
function gaps(model: SyntheticModel, targets: ReadonlyMap<string, Drawn>, seed: number): readonly Step[] {
  return model.columns.flatMap((column) => {
    const share = column.unknown ? ratio(column.unknown) / 100 : 0;
    const drawn = [...targets.values()].find((one) => one.fact !== undefined && (one.name === column.fact || one.fact.id === column.fact));
    if (share === 0 || !drawn) return [];
    const quota = new Quota(new Dice(seed, `${drawn.name} gap`));
    const { unknown } = LANE[drawn.lane];
    return [{ entity: drawn.entity, run: (rows: number) => { for (let row = 0; row < rows; row++) if (quota.hit(share)) drawn.column[row] = unknown; } }];
  });
}

/** Rare lives put over what was drawn. */
function lives(model: SyntheticModel, sheet: Sheet, seed: number, on: number): readonly Step[] {
  const taken = new Taken(sheet, model.people.living);
  const halves = model.lives.flatMap((life) => (life.gap ? [life, { ...life, id: `${life.id} gap`, perMillion: { units: life.perMillion.units, scale: life.perMillion.scale }, least: Math.max(1, Math.floor(life.least / 2)), facts: { ...life.facts, ...Object.fromEntries(life.gap.map((name) => [name, 'unknown'])) } }] : [life]));
  return [{ entity: sheet.person, run: () => { taken.start(); } }, ...halves.map((life) => {
    const where = `lives ${life.id}`;
    const entity = life.entity ?? sheet.person;
    const passes = compileWhen(sheet, life.when ?? {}, entity, where);
    const quota = new Quota(new Dice(seed, where), life.least);
    const whose = taken.householdOf(entity);
    const sets = Object.entries(life.facts).map(([name, text]) => {
      const drawn = sheet.find(name, where);
      return { drawn, value: valueIn(drawn, text, on, where), row: rowIn(sheet, drawn, entity, where) };
    });
    const share = ratio(life.perMillion) / 1_000_000;
    return { entity, run: (rows: number) => {
      for (let row = 0; row < rows; row++) {
        const household = whose(row);
        if (taken.has(household) || !passes(row) || !quota.hit(share)) continue;
        taken.take(household);
        for (const { drawn, value, row: to } of sets) {
          const target = to(row);
          if (target >= 0) drawn.column[target] = value;
        }
      }
    } };
  })];
}

/** One rare life a household, so that two never make a muddle of the same people. */
class Taken {
  readonly #sheet: Sheet;
  readonly #living: string;
  #households = new Uint8Array();

  constructor(sheet: Sheet, living: string) {
    this.#sheet = sheet;
    this.#living = sheet.schema.links.get(living)?.to ?? living;
  }

  start(): void {
    this.#households = new Uint8Array(this.#sheet.ways.rows.get(this.#living) ?? 0);
  }

  has(household: number): boolean {
    return this.#households[household] === 1;
  }

  take(household: number): void {
    if (household >= 0) this.#households[household] = 1;
  }

  /** From a row of an entity to its household; -1 for what belongs to none. */
  householdOf(entity: string): (row: number) => number {
    const { groupOf, members } = this.#sheet.ways;
    if (entity === this.#sheet.person) return (row) => groupOf.get(this.#living)?.[row] ?? -1;
    return (row) => {
      const group = members.get(entity);
      const person = group?.people[group.starts[row] ?? 0];
      return person === undefined ? -1 : (groupOf.get(this.#living)?.[person] ?? -1);
    };
  }
}

/** The row of a column that a row of another thing sets. */
function rowIn(sheet: Sheet, drawn: Drawn, from: string, where: string): (row: number) => number {
  if (drawn.entity === from) return (row) => row;
  if (from !== sheet.person) throw new ModelFault(where, `${drawn.name} is not of ${from}`);
  return (row) => sheet.ways.groupOf.get(drawn.entity)?.[row] ?? -1;
}
