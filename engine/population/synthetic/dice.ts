/** Random numbers from a seed and a name: what one name draws does not change what another does. */
export class Dice {
  #state: number;

  constructor(seed: number, name: string) {
    let hash = seed | 0;
    for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    this.#state = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) | 0;
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    // Mulberry32: 32 bits of state, 32 bits out.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }
}

/**
 * A share kept exactly: of any number of rows as many are hit as the share says, give or take one.
 *
 * Each stretch of rows that owes one hit places it at random, so that two quotas of the same share are independent.
 * Plain chance would miss a share of half a percent in 72,000 people by five percent.
 */
export class Quota {
  readonly #dice: Dice;
  #least: number;
  #owed = 0;
  #given = 0;
  #next: number;

  /** `least`: that many rows are hit first of all, whatever the share. */
  constructor(dice: Dice, least = 0) {
    this.#dice = dice;
    this.#least = least;
    this.#next = dice.unit();
  }

  /** Whether the next row is hit; `share` from 0 to 1. */
  hit(share: number): boolean {
    this.#owed += share;
    const forced = this.#least > 0;
    if (forced) this.#least -= 1;
    else if (this.#owed <= this.#next) return false;
    this.#given += 1;
    this.#next = this.#given + this.#dice.unit();
    return true;
  }
}

/** Deals the places of a list in the proportion of its weights, each exactly, give or take one. */
export class Deal {
  readonly #places: readonly number[];
  readonly #shares: readonly number[];
  readonly #quotas: readonly Quota[];

  constructor(dice: Dice, weights: readonly number[]) {
    this.#places = [...weights.keys()].filter((place) => (weights[place] ?? 0) > 0).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
    let left = this.#places.reduce((sum, place) => sum + (weights[place] ?? 0), 0);
    this.#shares = this.#places.map((place) => {
      const share = (weights[place] ?? 0) / left;
      left -= weights[place] ?? 0;
      return share;
    });
    this.#quotas = this.#places.map(() => new Quota(dice));
  }

  next(): number {
    const last = this.#places.length - 1;
    for (let at = 0; at < last; at++) if (this.#quotas[at]?.hit(this.#shares[at] ?? 0)) return this.#places[at] ?? 0;
    return this.#places[last] ?? 0;
  }
}
