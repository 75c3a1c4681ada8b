import type { Snapshot } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { CARE, DISABLED, STANDARDS, WAGES } from './rules-mix.ts';
import { LAW_ON } from './world.ts';

/*
 * The ten rules as a good programmer would write them over typed arrays: no unknown, nothing written, only how many
 * get each and how much together.
 */

/** People and fen of each of the ten, in the order of `TEN`. */
export interface Totals {
  readonly people: Float64Array;
  readonly fen: Float64Array;
}

const halfUp = (top: number, bottom: number): number => Math.floor((2 * top + bottom) / (2 * bottom));

// oxlint-disable-next-line complexity -- one loop over one row is how it is written for speed, which is what is compared.
export function tenByHand(snapshot: Snapshot): Totals {
  const column = (fact: string): Column => snapshot.columns.get(fact) ?? new Int8Array();
  const starts = snapshot.links.get('living')?.starts ?? new Int32Array(1);
  const [county, urban, birth, income] = [column('county'), column('urban'), column('birth'), column('income')];
  const [kind, level, education, enrolled, cost] = [column('disability-kind'), column('disability-level'), column('education'), column('enrolled'), column('medical-cost')];
  const [insured, unemployed, since, paid] = [column('insured'), column('unemployed'), column('unemployed-months'), column('paid-months')];
  const [veteran, service, registered, assets, minimum] = [column('veteran'), column('service-years'), column('registered'), column('assets'), column('receives-minimum')];
  const people = new Float64Array(10);
  const fen = new Float64Array(10);
  const pay = (rule: number, amount: number): void => {
    people[rule] = (people[rule] ?? 0) + 1;
    fen[rule] = (fen[rule] ?? 0) + amount;
  };
  for (let home = 0; home + 1 < starts.length; home++) {
    const first = starts[home] ?? 0;
    const end = starts[home + 1] ?? 0;
    let total = 0;
    let minors = 0;
    for (let row = first; row < end; row++) {
      total += income[row] ?? 0;
      if (((LAW_ON - (birth[row] ?? 0)) / 10_000 | 0) < 18) minors++;
    }
    const perHead = halfUp(total, Math.max(1, end - first));
    const at = county[home] ?? 0;
    const isUrban = urban[home] === 1;
    const standard = (isUrban ? STANDARDS.urban[at] : STANDARDS.rural[at]) ?? 0;
    const isEdge = perHead * 10 <= standard * 15;
    const isPoor = perHead * 10 <= standard * 20;
    for (let row = first; row < end; row++) {
      const age = (LAW_ON - (birth[row] ?? 0)) / 10_000 | 0;
      const isRegistered = registered[row] === 1;
      const grade = level[row] ?? 0;
      const isSevere = grade === 0 || grade === 1;
      if (isRegistered && perHead < standard && (assets[row] ?? 0) <= 6_000_000) pay(0, Math.max(0, standard - perHead));
      if (isRegistered && isEdge && minimum[row] !== 1) pay(1, 0);
      if (isRegistered && age >= 80) pay(2, age >= 100 ? 100_000 : age >= 90 ? 30_000 : 10_000);
      if (isRegistered && (kind[row] ?? 0) > LANE.int8.none && (isSevere || (grade === 2 && (kind[row] === 4 || kind[row] === 5))) && isPoor) pay(3, DISABLED[grade] ?? 0);
      if (isRegistered && isSevere) pay(4, CARE[at] ?? 0);
      if (age < 16 && isPoor && minors >= 1) pay(5, halfUp(standard * 6, 10));
      if (enrolled[row] === 1 && (education[row] === 2 || education[row] === 3) && !isUrban) pay(6, 11_000);
      if (insured[row] === 1 && (cost[row] ?? 0) > 500_000 && isEdge) pay(7, halfUp(((cost[row] ?? 0) - 500_000) * 7, 10));
      if (unemployed[row] === 1 && (paid[row] ?? 0) >= 12 && (since[row] ?? 0) <= 24 && age < 60) pay(8, halfUp((WAGES[at] ?? 0) * 8, 10));
      if (veteran[row] === 1 || veteran[row] === 3) pay(9, (service[row] ?? 0) * 4_500);
    }
  }
  return { people, fen };
}
