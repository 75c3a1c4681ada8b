import type { Kind, Member } from './household.ts';
import type { People } from './model.ts';
import { ratio } from './value.ts';

/** Something that a share of the people shall be: of an age and, perhaps, a sex. */
interface Margin {
  readonly from: number;
  readonly to: number;
  readonly sex: number | undefined;
  /** Of everybody, from 0 to 1. */
  readonly share: number;
}

/** So many households of each kind are drawn to see who lives in them. */
const SAMPLE = 4_000;
const ROUNDS = 400;

/**
 * The weights of the kinds of household in each county, bent as little as need be until ages and sexes hold.
 *
 * This is iterative scaling: the share of people that each kind holds is multiplied by what is wanted over what is
 * there, again and again. A county with a margin of its own keeps it, and the others make up for it.
 */
export function fitKinds(people: People, kinds: readonly Kind[], sexes: readonly string[], residents: ReadonlyMap<string, number>): ReadonlyMap<string, readonly number[]> {
  const samples = kinds.map((kind) => sampleOf(kind));
  return new Map([...residents.keys()].map((county) => {
    const margins = marginsOf(people, sexes, residents, county);
    const parts = samples.map((sample) => margins.map((margin) => sample.members.filter((member) => belongs(member, margin)).length / sample.members.length));
    let shares = normal(people.households.map(({ weight }, kind) => ratio(weight) * (samples[kind]?.size ?? 0)));
    for (let round = 0; round < ROUNDS; round++) {
      const pull = margins.map(({ share }, at) => share / Math.max(1e-9, shares.reduce((sum, held, kind) => sum + held * (parts[kind]?.[at] ?? 0), 0)));
      shares = normal(shares.map((held, kind) => held * pull.reduce((product, factor, at) => product * factor ** ((parts[kind]?.[at] ?? 0) / 2), 1)));
    }
    return [county, shares.map((held, kind) => held / (samples[kind]?.size ?? 1))];
  }));
}

function sampleOf(kind: Kind): { readonly members: readonly Member[]; readonly size: number } {
  const members: Member[] = [];
  const room: Member[] = [];
  for (let household = 0; household < SAMPLE; household++) {
    const count = kind.draw(room);
    members.push(...room.slice(0, count).map((member) => ({ ...member })));
  }
  return { members, size: members.length / SAMPLE };
}

function belongs({ age, sex }: Member, margin: Margin): boolean {
  return age >= margin.from && age <= margin.to && (margin.sex === undefined || sex === margin.sex);
}

/** What holds in a county: its own margins, and of the others what the counties that have their own leave over. */
function marginsOf({ fit }: People, sexes: readonly string[], residents: ReadonlyMap<string, number>, county: string): readonly Margin[] {
  const same = (a: People['fit'][number], b: People['fit'][number]): boolean => a.from === b.from && a.to === b.to && a.sex === b.sex;
  const margins = fit.filter((one) => one.area === undefined || one.area === county).filter((one, _, all) => one.area !== undefined || !all.some((other) => other.area === county && same(one, other)));
  const everybody = [...residents.values()].reduce((sum, count) => sum + count, 0);
  const made = margins.map((one): Margin => {
    const own = fit.filter((other) => other.area !== undefined && same(one, other));
    const held = own.reduce((sum, other) => sum + (ratio(other.share) / 100) * (residents.get(other.area ?? '') ?? 0), 0);
    const people = own.reduce((sum, other) => sum + (residents.get(other.area ?? '') ?? 0), 0);
    const share = one.area === undefined ? ((ratio(one.share) / 100) * everybody - held) / (everybody - people) : ratio(one.share) / 100;
    return { from: one.from, to: one.to, sex: one.sex === undefined ? undefined : sexes.indexOf(one.sex), share };
  });
  return made.map((margin) => ({ ...margin, share: closed(margin, made) }));
}

/** Margins that together are everybody, such as ages, sum to one in a county too: the widest gives way. */
function closed(margin: Margin, all: readonly Margin[]): number {
  const family = all.filter((other) => (other.sex === undefined) === (margin.sex === undefined));
  const sum = family.reduce((total, { share }) => total + share, 0);
  const widest = family.reduce((a, b) => (b.share > a.share ? b : a));
  return margin === widest ? margin.share + 1 - sum : margin.share;
}

function normal(values: readonly number[]): readonly number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
