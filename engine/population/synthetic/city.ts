import { LANE } from '#engine/rules/index.ts';
import type { Column, Schema } from '#engine/rules/index.ts';
import { bornOn } from './day.ts';
import { Deal, Dice, Quota } from './dice.ts';
import { fitKinds } from './fit.ts';
import { Kind } from './household.ts';
import type { Member } from './household.ts';
import { ModelFault } from './model.ts';
import type { SyntheticModel } from './model.ts';
import { countiesOf, planOf, rolesOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { grouped, joinsOf } from './ties.ts';
import type { Joins } from './ties.ts';
import { ratio } from './value.ts';

/** What a city is drawn from. The same order gives the same city, on every machine. */
export interface Order {
  readonly people: number;
  readonly seed: number;
  /** The day on which people are as old as they are, as yyyymmdd. */
  readonly on: number;
}

/** Some households with everything about them; its arrays are used again for the next block. */
export interface Block {
  /** Rows by entity. */
  readonly rows: ReadonlyMap<string, number>;
  /** By fact id, the rows of the block. */
  readonly columns: ReadonlyMap<string, Column>;
  /** By name, columns that are no facts; for totals. */
  readonly plan: Plan;
  /** How many members each living household has. */
  readonly sizes: Int32Array;
  /** The group of each person by link, from 0 in the block, -1: none. The living household is not among them. */
  readonly groups: ReadonlyMap<string, Int32Array>;
  readonly joins: Joins;
  /** How many spells each person has, by link; they lie in the order of their owners. */
  readonly spells: ReadonlyMap<string, Int32Array>;
}

const HOUSEHOLDS = 8_192;
/** More people than this live in no household. */
const LARGEST = 12;

/** Draws a city block by block, county after county; memory does not grow with the city. */
export function* drawCity(model: SyntheticModel, schema: Schema, order: Order): Generator<Block> {
  const { people } = model;
  const plan = planOf(model, schema, order.seed, order.on);
  const dice = new Dice(order.seed, 'households');
  const { given } = plan;
  const roles = rolesOf(people);
  const sexes = [...(schema.codeLists.get(given.sex.type.kind === 'code' ? given.sex.type.list : '')?.codes ?? [])];
  const residents = figuresOf(model, people.residents);
  // Fitting draws too: it has dice of its own, so that it does not disturb the city.
  const weights = fitKinds(people, people.households.map((kind) => new Kind(kind, roles, sexes, new Dice(order.seed, `fit ${kind.id}`))), sexes, residents);
  const kinds = people.households.map((kind) => new Kind(kind, roles, sexes, dice));
  const town = people.urban === undefined ? new Map<string, number>() : figuresOf(model, people.urban);
  const quotas = apportion(order.people, residents);
  const joins = joinsOf(people, roles, schema, order.seed);
  const others = new Map((people.others ?? []).map(({ entity, perTenThousand, least }) => [entity, Math.max(least, Math.round((order.people / 10_000) * ratio(perTenThousand)))]));
  for (const [county, quota] of quotas) {
    const drawer = new CountyDrawer({ model, plan, kinds, dice, county, on: order.on, schema, weights: weights.get(county) ?? [], town: (town.get(county) ?? 0) / 100 });
    for (let left = quota; left > 0; ) {
      const sizes = drawer.block(left);
      left -= plan.sheet.ways.rows.get(plan.sheet.person) ?? 0;
      yield finished(plan, people, sizes, joins);
    }
  }
  yield otherThings(plan, others, joins);
}

/** The figures of a measure for the counties of the pack. */
export function figuresOf({ pack }: SyntheticModel, measure: string): ReadonlyMap<string, number> {
  const found = pack.population.filter((one) => one.measure === measure && pack.divisions.get(one.division)?.kind === 'county').map((one) => [one.division, ratio(one.value)] as const);
  if (found.length === 0) throw new ModelFault('people', `no county has a figure of ${measure}`);
  return new Map(found);
}

/** So many people shared out by county, each to the nearest one. */
export function apportion(people: number, residents: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const everybody = [...residents.values()].reduce((sum, count) => sum + count, 0);
  let [before, given] = [0, 0];
  return new Map([...residents].map(([county, count]) => {
    before += count;
    const upTo = Math.round((people * before) / everybody);
    const share = upTo - given;
    given = upTo;
    return [county, share];
  }));
}

interface CountyOrder {
  readonly model: SyntheticModel;
  readonly plan: Plan;
  readonly kinds: readonly Kind[];
  readonly dice: Dice;
  readonly county: string;
  readonly on: number;
  readonly schema: Schema;
  readonly weights: readonly number[];
  readonly town: number;
}

/** Draws who lives together in a county: kinds of household, ages, sexes, where. */
class CountyDrawer {
  readonly #order: CountyOrder;
  readonly #deal: Deal;
  /** One for each size of household: shares of people are kept where those of households of every size are. */
  readonly #town: readonly Quota[];
  readonly #areas: { readonly deal: Deal; readonly places: readonly number[] };
  readonly #place: number;
  readonly #room: Member[] = [];

  constructor(order: CountyOrder) {
    this.#order = order;
    this.#deal = new Deal(order.dice, order.weights);
    this.#town = Array.from({ length: LARGEST + 1 }, () => new Quota(order.dice));
    this.#place = countiesOf(order.model.pack).findIndex(({ id }) => id === order.county);
    const areas = [...order.model.pack.divisions.values()];
    const codes = order.schema.codeLists.get(order.plan.given.residence.type.kind === 'code' ? order.plan.given.residence.type.list : '')?.codes ?? [];
    const inside = areas.filter(({ parent, kind }) => parent === order.county && kind === 'township');
    const places = (inside.length > 0 ? inside : areas.filter(({ id }) => id === order.county)).map(({ id }) => codes.indexOf(id));
    this.#areas = { places, deal: new Deal(order.dice, places.map(() => 1)) };
  }

  /** Households until the block is full or so many people are drawn; gives the sizes. A household that would be too large gives up members. */
  block(most: number): Int32Array {
    const { plan: { sheet, given }, kinds, dice, on } = this.#order;
    const living = given.kind.entity;
    sheet.size(sheet.person, Math.min(most + LARGEST, HOUSEHOLDS * LARGEST));
    sheet.size(living, HOUSEHOLDS);
    const sizes = new Int32Array(HOUSEHOLDS);
    const of = new Int32Array(Math.min(most + LARGEST, HOUSEHOLDS * LARGEST));
    let [households, people] = [0, 0];
    for (; households < HOUSEHOLDS && people < most; households++) {
      const kind = this.#deal.next();
      const count = Math.min(kinds[kind]?.draw(this.#room) ?? 0, LARGEST, most - people);
      const area = this.#areas.places[this.#areas.deal.next()] ?? 0;
      given.kind.column[households] = kind;
      given.county.column[households] = this.#place;
      given.town.column[households] = this.#town[count]?.hit(this.#order.town) === true ? 1 : 0;
      for (let at = 0; at < count; at++, people++) {
        const member = this.#room[at] ?? { role: 0, sex: 0, age: 0 };
        given.role.column[people] = member.role;
        given.sex.column[people] = member.sex;
        given.age.column[people] = member.age;
        given.birth.column[people] = bornOn(on, member.age, dice.unit());
        given.residence.column[people] = area;
        of[people] = households;
      }
      sizes[households] = count;
    }
    sheet.ways.rows.set(sheet.person, people);
    sheet.ways.rows.set(living, households);
    sheet.ways.groupOf.set(living, of.subarray(0, people));
    return sizes.subarray(0, households);
  }
}

/** Everything else about the people of a block. */
function finished(plan: Plan, people: SyntheticModel['people'], sizes: Int32Array, joins: Joins): Block {
  const { sheet, early, steps, last, given } = plan;
  const rowsOf = (entity: string): number => sheet.ways.rows.get(entity) ?? 0;
  const living = given.kind.entity;
  sheet.ways.members.set(living, { starts: startsOf(sizes), people: Int32Array.from({ length: rowsOf(sheet.person) }, (_, person) => person) });
  for (const step of early) step.run(rowsOf(step.entity));
  const groups = new Map<string, Int32Array>();
  for (const group of people.groups) {
    const link = sheet.schema.links.get(group.link);
    if (link?.kind !== 'grouping') throw new ModelFault('groups', `${group.link} is no grouping`);
    const { groupOf, members } = grouped(sheet, group, sizes, given.role);
    sheet.ways.groupOf.set(link.to, groupOf);
    sheet.ways.members.set(link.to, members);
    sheet.size(link.to, members.starts.length - 1);
    groups.set(group.link, groupOf);
  }
  for (const step of [...steps, ...last]) if (step.entity === sheet.person || sheet.ways.members.has(step.entity)) step.run(rowsOf(step.entity));
  const spells = plan.spells.map((step) => [step.link, step.run(rowsOf(sheet.person))] as const);
  const entities = [sheet.person, living, ...people.groups.map(({ link }) => sheet.schema.links.get(link)?.to ?? '')];
  return {
    rows: new Map([...entities.map((entity) => [entity, rowsOf(entity)] as const), ...spells.map(([link, { rows }]) => [link, rows] as const)]),
    columns: new Map([...columnsOf(plan, (entity) => entity === sheet.person || sheet.ways.members.has(entity)), ...spells.flatMap(([, { columns }]) => [...columns])]),
    plan, sizes, groups, joins, spells: new Map(spells.map(([link, { counts }]) => [link, counts])),
  };
}

/** Things that belong to nobody: schools, say. All in one block. */
function otherThings(plan: Plan, counts: ReadonlyMap<string, number>, joins: Joins): Block {
  const { sheet, steps, last } = plan;
  sheet.ways.rows.clear();
  for (const [entity, count] of counts) sheet.size(entity, count);
  for (const step of [...steps, ...last]) if (counts.has(step.entity)) step.run(counts.get(step.entity) ?? 0);
  return { rows: counts, columns: columnsOf(plan, (entity) => counts.has(entity)), plan, sizes: new Int32Array(), groups: new Map(), joins, spells: new Map() };
}

function columnsOf({ sheet }: Plan, wanted: (entity: string) => boolean): ReadonlyMap<string, Column> {
  return new Map(sheet.all.flatMap((drawn) => (drawn.fact && wanted(drawn.entity) ? [[drawn.fact.id, drawn.column.subarray(0, sheet.ways.rows.get(drawn.entity) ?? 0)] as const] : [])));
}

export function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  for (let at = 0; at < sizes.length; at++) starts[at + 1] = (starts[at] ?? 0) + (sizes[at] ?? 0);
  return starts;
}

/** The mark of none in a column's lane, for those who read blocks. */
export const noneIn = (lane: keyof typeof LANE): number => LANE[lane].none;
