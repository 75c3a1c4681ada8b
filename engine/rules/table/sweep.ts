/** A range of whole numbers, both ends included. Every kind of input is counted so: units, days, places of codes. */
export interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

/** A row as the values of each input that it takes; an input's ranges may be several. */
export type Box = readonly (readonly Interval[])[];

export interface Sweep {
  /** Boxes that no row takes, as one interval an input. */
  readonly gaps: readonly (readonly Interval[])[];
  /** Pairs of rows that take the same values, with one box where they do; each pair once. */
  readonly overlaps: readonly { readonly first: number; readonly second: number; readonly where: readonly Interval[] }[];
  /** Rows that are the first to take something. */
  readonly reached: ReadonlySet<number>;
  /** False where the table is too large to look at every box. */
  readonly complete: boolean;
}

const MOST_BOXES = 100_000;

/**
 * Which values of the inputs no row takes and which several take.
 *
 * Exact: each input's domain is cut where some row begins or ends, so that inside a cut the same rows hold.
 */
export function sweep(domains: readonly Interval[], rows: readonly Box[]): Sweep {
  const gaps: (readonly Interval[])[] = [];
  const overlaps = new Map<string, Sweep['overlaps'][number]>();
  const reached = new Set<number>();
  let boxes = 0;
  const look = (input: number, alive: readonly number[], chosen: readonly Interval[]): void => {
    boxes += 1;
    if (boxes > MOST_BOXES) return;
    const domain = domains[input];
    if (alive.length === 0 || !domain) {
      if (alive.length === 0) gaps.push([...chosen, ...domains.slice(input)]);
      settle(alive, chosen);
      return;
    }
    for (const { cut, rows: inside } of cutsOf(domain, input, alive)) look(input + 1, inside, [...chosen, cut]);
  };
  const settle = (alive: readonly number[], where: readonly Interval[]): void => {
    const [first, ...others] = alive;
    if (first === undefined) return;
    reached.add(first);
    for (const second of others) if (!overlaps.has(`${first} ${second}`)) overlaps.set(`${first} ${second}`, { first, second, where });
  };
  const cutsOf = (domain: Interval, input: number, alive: readonly number[]): readonly { readonly cut: Interval; readonly rows: readonly number[] }[] => {
    const rangesOf = (row: number): readonly Interval[] => rows[row]?.[input] ?? [];
    const edges = [...new Set([domain.from, ...alive.flatMap((row) => rangesOf(row).flatMap(({ from, to }) => [from, to + 1n]))])].filter((edge) => edge >= domain.from && edge <= domain.to).sort((a, b) => (a < b ? -1 : 1));
    const cuts = edges.map((from, index) => {
      const cut = { from, to: (edges[index + 1] ?? domain.to + 1n) - 1n };
      return { cut, rows: alive.filter((row) => rangesOf(row).some((range) => range.from <= cut.from && range.to >= cut.to)) };
    });
    return merged(cuts);
  };
  look(0, rows.map((_, row) => row), []);
  return { gaps, overlaps: [...overlaps.values()], reached, complete: boxes <= MOST_BOXES };
}

/** Neighbouring cuts in which the same rows hold, as one. */
function merged(cuts: readonly { readonly cut: Interval; readonly rows: readonly number[] }[]): readonly { readonly cut: Interval; readonly rows: readonly number[] }[] {
  return cuts.reduce<{ cut: Interval; rows: readonly number[] }[]>((done, next) => {
    const last = done.at(-1);
    if (last && last.rows.join() === next.rows.join()) return [...done.slice(0, -1), { cut: { from: last.cut.from, to: next.cut.to }, rows: last.rows }];
    return [...done, next];
  }, []);
}

/** What of a domain the ranges leave out. */
export function complement(domain: Interval, ranges: readonly Interval[]): readonly Interval[] {
  const sorted = [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1));
  const left: Interval[] = [];
  let from = domain.from;
  for (const range of sorted) {
    if (range.from > from) left.push({ from, to: range.from - 1n });
    if (range.to >= from) from = range.to + 1n;
  }
  return from <= domain.to ? [...left, { from, to: domain.to }] : left;
}
