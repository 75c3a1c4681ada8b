import type { Snapshot } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { CARE, DISABLED, STANDARDS, WAGES } from './rules-mix.ts';
import { LAW_ON } from './world.ts';

/*
 * The ten rules as a good programmer would write them over typed arrays, without unknown: once only adding up how
 * many get each and how much together, once putting down for everybody why not, and how much.
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

/** For each of the ten the number of the first condition that fails, 0 where none does, for everybody; and the fen of those who get it, one after the other. */
export interface TenAnswers {
  readonly reasons: readonly Uint8Array[];
  readonly amounts: readonly Int32Array[];
}

export function roomForTen(people: number): TenAnswers {
  return { reasons: Array.from({ length: 10 }, () => new Uint8Array(people)), amounts: Array.from({ length: 10 }, () => new Int32Array(people)) };
}

/** Puts the answers down; gives how many amounts each of the ten has. */
// oxlint-disable-next-line complexity -- as above.
export function tenAnswersByHand(snapshot: Snapshot, into: TenAnswers): readonly number[] {
  const column = (fact: string): Column => snapshot.columns.get(fact) ?? new Int8Array();
  const starts = snapshot.links.get('living')?.starts ?? new Int32Array(1);
  const [county, urban, birth, income] = [column('county'), column('urban'), column('birth'), column('income')];
  const [kind, level, education, enrolled, cost] = [column('disability-kind'), column('disability-level'), column('education'), column('enrolled'), column('medical-cost')];
  const [insured, unemployed, since, paid] = [column('insured'), column('unemployed'), column('unemployed-months'), column('paid-months')];
  const [veteran, service, registered, assets, minimum] = [column('veteran'), column('service-years'), column('registered'), column('assets'), column('receives-minimum')];
  const reasons = (rule: number): Uint8Array => into.reasons[rule] ?? new Uint8Array();
  const amounts = (rule: number): Int32Array => into.amounts[rule] ?? new Int32Array();
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9] = [reasons(0), reasons(1), reasons(2), reasons(3), reasons(4), reasons(5), reasons(6), reasons(7), reasons(8), reasons(9)];
  const [a0, a2, a3, a4, a5, a6, a7, a8, a9] = [amounts(0), amounts(2), amounts(3), amounts(4), amounts(5), amounts(6), amounts(7), amounts(8), amounts(9)];
  let [n0, n2, n3, n4, n5, n6, n7, n8, n9] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
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
    const [child, care, wage] = [halfUp(standard * 6, 10), CARE[at] ?? 0, halfUp((WAGES[at] ?? 0) * 8, 10)];
    for (let row = first; row < end; row++) {
      const age = (LAW_ON - (birth[row] ?? 0)) / 10_000 | 0;
      const isRegistered = registered[row] === 1;
      const grade = level[row] ?? 0;
      const isSevere = grade === 0 || grade === 1;
      const minimumLiving = !isRegistered ? 1 : perHead >= standard ? 2 : (assets[row] ?? 0) > 6_000_000 ? 3 : 0;
      r0[row] = minimumLiving;
      if (minimumLiving === 0) a0[n0++] = standard - perHead;
      r1[row] = !isRegistered ? 1 : !isEdge ? 2 : minimum[row] === 1 ? 3 : 0;
      const oldAge = !isRegistered ? 1 : age < 80 ? 2 : 0;
      r2[row] = oldAge;
      if (oldAge === 0) a2[n2++] = age >= 100 ? 100_000 : age >= 90 ? 30_000 : 10_000;
      const disabled = !isRegistered ? 1 : (kind[row] ?? 0) <= LANE.int8.none ? 2 : !(isSevere || (grade === 2 && (kind[row] === 4 || kind[row] === 5))) ? 3 : !isPoor ? 4 : 0;
      r3[row] = disabled;
      if (disabled === 0) a3[n3++] = DISABLED[grade] ?? 0;
      const severe = !isRegistered ? 1 : !isSevere ? 2 : 0;
      r4[row] = severe;
      if (severe === 0) a4[n4++] = care;
      const hardship = age >= 16 ? 1 : !isPoor ? 2 : minors < 1 ? 3 : 0;
      r5[row] = hardship;
      if (hardship === 0) a5[n5++] = child;
      const nutrition = enrolled[row] !== 1 ? 1 : education[row] !== 2 && education[row] !== 3 ? 2 : isUrban ? 3 : 0;
      r6[row] = nutrition;
      if (nutrition === 0) a6[n6++] = 11_000;
      const medical = insured[row] !== 1 ? 1 : (cost[row] ?? 0) <= 500_000 ? 2 : !isEdge ? 3 : 0;
      r7[row] = medical;
      if (medical === 0) a7[n7++] = halfUp(((cost[row] ?? 0) - 500_000) * 7, 10);
      const jobless = unemployed[row] !== 1 ? 1 : (paid[row] ?? 0) < 12 ? 2 : (since[row] ?? 0) > 24 ? 3 : age >= 60 ? 4 : 0;
      r8[row] = jobless;
      if (jobless === 0) a8[n8++] = wage;
      const pension = veteran[row] !== 1 && veteran[row] !== 3 ? 1 : 0;
      r9[row] = pension;
      if (pension === 0) a9[n9++] = (service[row] ?? 0) * 4_500;
    }
  }
  return [n0, 0, n2, n3, n4, n5, n6, n7, n8, n9];
}
