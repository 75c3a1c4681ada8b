import { Deal, Quota } from './dice.ts';
import type { Dice } from './dice.ts';
import { ModelFault } from './model.ts';
import type { People } from './model.ts';
import { ratio } from './value.ts';

/** Somebody of a household: the place of the role, the place of the code of sex, whole years. */
export interface Member {
  role: number;
  sex: number;
  age: number;
}

type Spec = People['households'][number]['members'][number];

/** Nobody is older than this. */
const OLDEST = 105;

/** Draws the members of households of one kind. */
export class Kind {
  readonly id: string;
  readonly #slots: readonly Slot[];

  constructor(model: People['households'][number], roles: readonly string[], sexes: readonly string[], dice: Dice) {
    this.id = model.id;
    this.#slots = model.members.map((spec) => new Slot(spec, roles, sexes, dice, model.id));
  }

  /** The members of the next household, put into `into`; gives how many. */
  draw(into: Member[]): number {
    let count = 0;
    for (const slot of this.#slots) count = slot.draw(into, count);
    return count;
  }
}

class Slot {
  readonly #role: number;
  readonly #dice: Dice;
  readonly #counts: readonly number[];
  readonly #deal: Deal;
  readonly #bands: readonly (readonly [from: number, to: number])[];
  readonly #ages: Deal;
  readonly #beside: { readonly role: number; readonly from: number; readonly to: number; readonly least: number; readonly most: number } | undefined;
  readonly #sexes: number;
  readonly #sex: number | 'either' | 'opposite';
  readonly #half: Quota;

  constructor(spec: Spec, roles: readonly string[], sexes: readonly string[], dice: Dice, where: string) {
    this.#role = roles.indexOf(spec.role);
    this.#dice = dice;
    this.#counts = spec.count ? Object.keys(spec.count).map(Number) : [1];
    this.#deal = new Deal(dice, spec.count ? Object.values(spec.count).map(ratio) : [1]);
    this.#bands = (spec.age ?? []).map(({ from, to }) => [from.units, to.units] as const);
    this.#ages = new Deal(dice, (spec.age ?? []).map(({ weight }) => (weight ? ratio(weight) : 1)));
    const { beside } = spec;
    this.#beside = beside && { role: roles.indexOf(beside.role), from: beside.from, to: beside.to, least: beside.least ?? 0, most: beside.most ?? OLDEST };
    this.#sexes = sexes.length;
    const sex = sexes.indexOf(spec.sex);
    if (sex < 0 && spec.sex !== 'either' && spec.sex !== 'opposite') throw new ModelFault(where, `${spec.sex} is no sex`);
    this.#sex = sex >= 0 ? sex : spec.sex === 'opposite' ? 'opposite' : 'either';
    this.#half = new Quota(dice);
    if (!beside && this.#bands.length === 0) throw new ModelFault(where, `no age is given for ${spec.role}`);
  }

  draw(into: Member[], start: number): number {
    let count = start;
    for (let more = this.#counts[this.#deal.next()] ?? 0; more > 0; more--) {
      const member = (into[count] ??= { role: 0, sex: 0, age: 0 });
      const near = this.#near(into, start);
      member.role = this.#role;
      member.age = near && this.#beside ? within(near.age + this.#dice.between(this.#beside.from, this.#beside.to), this.#beside.least, this.#beside.most) : this.#age();
      member.sex = this.#sex === 'opposite' ? 1 - (near?.sex ?? 0) : this.#sex === 'either' ? (this.#half.hit(0.5) ? 0 : 1) : this.#sex;
      if (member.sex >= this.#sexes) member.sex = 0;
      count += 1;
    }
    return count;
  }

  #near(members: readonly Member[], count: number): Member | undefined {
    const role = this.#beside?.role;
    for (let at = 0; role !== undefined && at < count; at++) if (members[at]?.role === role) return members[at];
    return undefined;
  }

  #age(): number {
    const [from, to] = this.#bands[this.#ages.next()] ?? [0, 0];
    return this.#dice.between(from, to);
  }
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
