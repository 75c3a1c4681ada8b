import { LANE, laneOf, newColumn } from '#engine/rules/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { COUNTIES, FACTS, LAW_ON, WORLD } from './world.ts';

/** Random numbers of 32 bits from a seed (xorshift), fast enough for two hundred million values. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761) | 1;
  }

  /** A whole number from 0 up to, not including, `n` (at most 2^24). */
  below(n: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return Math.floor(((x >>> 8) / 16_777_216) * n);
  }

  /** True so often in ten thousand. */
  often(n: number): boolean {
    return this.below(10_000) < n;
  }
}

/** Some households with their members: columns in their lanes, and where each household begins. */
export interface Batch {
  readonly households: number;
  readonly people: number;
  readonly columns: ReadonlyMap<string, Column>;
  readonly sizes: Int32Array;
}

/** How many of a hundred households have one, two, … members: 2.67 on average. */
const SIZES = [24, 28, 23, 15, 6, 3, 1] as const;
const BATCH_HOUSEHOLDS = 40_000;

/** Households batch after batch until there are so many people; the same for the same seed. */
export function* drawPeople(people: number, seed: number): Generator<Batch> {
  const dice = new Dice(seed);
  const room = BATCH_HOUSEHOLDS * SIZES.length;
  const columns = new Map(FACTS.map(({ id, type }) => [id, newColumn(laneOf(type, type.kind === 'code' ? WORLD.codeLists.get(type.list)?.codes.length : 0) ?? 'float64', room)]));
  const sizes = new Int32Array(BATCH_HOUSEHOLDS);
  const draw = new Drawer(dice, columns);
  for (let total = 0; total < people; ) {
    let [households, members] = [0, 0];
    for (; households < BATCH_HOUSEHOLDS && total + members < people; households++) {
      const size = drawSize(dice);
      sizes[households] = size;
      draw.household(households, members, size);
      members += size;
    }
    total += members;
    const cut = new Map(FACTS.map(({ id, entity }) => [id, columns.get(id)?.subarray(0, entity === 'person' ? members : households) ?? new Int8Array()]));
    yield { households, people: members, columns: cut, sizes: sizes.subarray(0, households) };
  }
}

function drawSize(dice: Dice): number {
  let roll = dice.below(100);
  for (const [index, share] of SIZES.entries()) {
    if (roll < share) return index + 1;
    roll -= share;
  }
  return SIZES.length;
}

const YEAR = Math.floor(LAW_ON / 10_000);
const UNKNOWN = 'unknown';
const NONE = 'none';
type Drawn = number | boolean | typeof UNKNOWN | typeof NONE;

/** Draws one household after another: who lives together, how old they are, what they earn, what they lack. */
class Drawer {
  readonly #dice: Dice;
  readonly #columns: ReadonlyMap<string, Column>;

  constructor(dice: Dice, columns: ReadonlyMap<string, Column>) {
    this.#dice = dice;
    this.#columns = columns;
  }

  household(row: number, first: number, size: number): void {
    const dice = this.#dice;
    this.#set('county', row, dice.below(COUNTIES.length));
    this.#set('urban', row, dice.often(6_200));
    const poor = dice.often(800);
    const elderly = dice.often(size <= 2 ? 3_500 : 600);
    for (let member = 0; member < size; member++) this.#person(first + member, drawAge(dice, elderly, member), poor, size);
  }

  #person(row: number, age: number, poor: boolean, size: number): void {
    const dice = this.#dice;
    const month = 1 + dice.below(12);
    this.#set('birth', row, (YEAR - age - (month > 6 ? 1 : 0)) * 10_000 + month * 100 + 1 + dice.below(28));
    this.#set('female', row, dice.often(4_950));
    this.#work(row, age, poor);
    this.#health(row, age);
    this.#school(row, age);
    this.#service(row, age);
    this.#set('registered', row, dice.often(7_800));
    this.#set('resident-months', row, dice.often(200) ? UNKNOWN : dice.below(Math.min(1_300, age * 12 + 1)));
    this.#set('dwelling-area', row, dice.often(300) ? UNKNOWN : 60 + dice.below(poor ? 250 : 600));
    this.#set('owns-home', row, dice.often(poor ? 4_500 : 8_200));
    this.#set('assets', row, dice.often(300) ? UNKNOWN : dice.below(poor ? 3_000_000 : 16_000_000) * (dice.often(300) ? 100 : 1));
    this.#set('extreme-hardship', row, poor && dice.often(size === 1 ? 1_200 : 150));
    this.#set('receives-minimum', row, poor && dice.often(1_500));
  }

  #work(row: number, age: number, poor: boolean): void {
    const dice = this.#dice;
    const working = age >= 18 && age < 62;
    const jobless = working && dice.often(poor ? 2_500 : 400);
    const employed = working && !jobless && dice.often(7_600);
    const wage = dice.below(poor ? 150_000 : 900_000) + (poor ? 0 : 150_000);
    this.#set('income', row, dice.often(300) ? UNKNOWN : employed ? wage : dice.below(poor ? 20_000 : 60_000));
    this.#set('employed', row, employed);
    this.#insured(row, age, jobless);
  }

  #insured(row: number, age: number, jobless: boolean): void {
    const dice = this.#dice;
    const working = age >= 18 && age < 62;
    this.#set('unemployed', row, jobless);
    this.#set('unemployed-months', row, jobless && dice.often(1_000) ? UNKNOWN : jobless ? dice.below(36) : 0);
    this.#set('paid-months', row, working ? dice.below(1 + (age - 17) * 12) : age >= 62 ? dice.below(481) : 0);
    this.#set('pension', row, dice.often(200) ? UNKNOWN : age >= 60 && dice.often(7_000) ? 20_000 + dice.below(400_000) : 0);
  }

  #health(row: number, age: number): void {
    const dice = this.#dice;
    const disabled = dice.often(age >= 60 ? 1_400 : 350);
    this.#set('disability-kind', row, disabled ? dice.below(7) : NONE);
    this.#set('disability-level', row, !disabled ? NONE : dice.often(500) ? UNKNOWN : dice.below(4));
    this.#set('medical-cost', row, dice.often(200) ? UNKNOWN : dice.often(600) ? dice.below(9_000_000) : dice.below(300_000));
    this.#set('insured', row, dice.often(9_500));
  }

  #school(row: number, age: number): void {
    const dice = this.#dice;
    this.#set('education', row, age < 3 ? 0 : age < 6 ? 1 : age < 12 ? 2 : age < 15 ? 3 : age < 18 ? 4 + dice.below(2) : 2 + dice.below(5));
    this.#set('enrolled', row, age >= 3 && age < 22 && dice.often(age < 15 ? 9_900 : 7_000));
    this.#set('orphan', row, age < 18 && dice.often(30));
  }

  #service(row: number, age: number): void {
    const veteran = age >= 20 && this.#dice.often(300);
    this.#set('veteran', row, veteran ? this.#dice.below(4) : NONE);
    this.#set('service-years', row, veteran ? 2 + this.#dice.below(Math.min(28, age - 18)) : 0);
  }

  #set(id: string, row: number, value: Drawn): void {
    const column = this.#columns.get(id);
    if (!column) throw new Error(`there is no column ${id}`);
    const lane = LANE[column instanceof Int8Array ? 'int8' : column instanceof Int16Array ? 'int16' : column instanceof Int32Array ? 'int32' : 'float64'];
    column[row] = value === UNKNOWN ? lane.unknown : value === NONE ? lane.none : Number(value);
  }
}

function drawAge(dice: Dice, elderly: boolean, member: number): number {
  if (elderly) return 60 + dice.below(36);
  if (member < 2) return 20 + dice.below(48);
  return member < 4 ? dice.below(24) : dice.below(90);
}
