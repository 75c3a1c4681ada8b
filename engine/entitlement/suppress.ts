/** A number of people below this, other than 0, is not shown in a breakdown: it may point at somebody. */
export const SMALLEST_SHOWN = 5;

/** Whether a number of people may point at somebody. */
export const isFew = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN;

/** One number of people that a page has, or that follows from those it has. */
export interface Figure {
  readonly count: number;
  /** False for what the page never says. Where it is few, it must not follow from what the page does say. */
  readonly isSaid: boolean;
  /** Of two that could be hidden the one of the lower rank is: a cell before its sum, a sum before what other pages say too. */
  readonly rank: number;
}

/** The figures at these places come to the same on both sides, and everybody can see that they do. */
export interface Equality {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/**
 * The places of the figures that must be hidden, so that no number of few can be reckoned from the others.
 *
 * Few are hidden. Then, as long as the equalities give one away, another figure beside it is hidden: the lowest of rank,
 * and of these the smallest that is not 0. Two things give one away: what is hidden on one side of an equality comes to
 * few altogether, or the equalities together have only one solution for it. A 0 is always shown.
 */
export function hiddenFigures(figures: readonly Figure[], equalities: readonly Equality[]): ReadonlySet<number> {
  const hidden = new Set([...figures.keys()].filter((place) => figures[place]?.isSaid === false || isFew(figures[place]?.count ?? 0)));
  for (let next = nextHidden(figures, equalities, hidden); next !== undefined; next = nextHidden(figures, equalities, hidden)) hidden.add(next);
  return hidden;
}

function nextHidden(figures: readonly Figure[], equalities: readonly Equality[], hidden: ReadonlySet<number>): number | undefined {
  const touching = equalities.filter((one) => [...one.left, ...one.right].some((place) => hidden.has(place)));
  for (const one of touching) {
    const beside = leavesFew(figures, one, hidden) ? lowest(figures, [one], hidden) : undefined;
    if (beside !== undefined) return beside;
  }
  const known = new Set(solved(touching, hidden));
  for (const leak of known) {
    const beside = isFew(figures[leak]?.count ?? 0) ? lowest(figures, around(leak, touching, known), hidden) : undefined;
    if (beside !== undefined) return beside;
  }
  return undefined;
}

/** The equalities that a solution may have come by: those of the place, and of other solved places beside it, and so on. */
function around(leak: number, equalities: readonly Equality[], known: ReadonlySet<number>): readonly Equality[] {
  const [reached, found] = [new Set([leak]), new Set<Equality>()];
  for (const place of reached) {
    for (const one of equalities) {
      const places = [...one.left, ...one.right];
      if (found.has(one) || !places.includes(place)) continue;
      found.add(one);
      for (const other of places) if (known.has(other)) reached.add(other);
    }
  }
  return [...found];
}

/** Whether what is hidden stands on one side only, and what is shown leaves few for it. */
function leavesFew(figures: readonly Figure[], { left, right }: Equality, hidden: ReadonlySet<number>): boolean {
  const sum = (side: readonly number[]): number => side.reduce((total, place) => total + (hidden.has(place) ? (figures[place]?.count ?? 0) : 0), 0);
  const isHidden = (place: number): boolean => hidden.has(place);
  return left.some(isHidden) ? !right.some(isHidden) && isFew(sum(left)) : isFew(sum(right));
}

/** Of the figures of some equalities that are shown and not 0: the lowest of rank, then the smallest. */
function lowest(figures: readonly Figure[], equalities: readonly Equality[], hidden: ReadonlySet<number>): number | undefined {
  const shown = equalities.flatMap(({ left, right }) => [...left, ...right]).filter((place) => !hidden.has(place) && (figures[place]?.count ?? 0) > 0);
  const order = (a: number, b: number): number => (figures[a]?.rank ?? 0) - (figures[b]?.rank ?? 0) || (figures[a]?.count ?? 0) - (figures[b]?.count ?? 0);
  return shown.reduce<number | undefined>((least, place) => (least === undefined || order(place, least) < 0 ? place : least), undefined);
}

/** The hidden places for which the equalities together leave one solution, by elimination. */
function solved(equalities: readonly Equality[], hidden: ReadonlySet<number>): readonly number[] {
  const places = [...hidden].filter((place) => equalities.some(({ left, right }) => left.includes(place) || right.includes(place)));
  const rows = equalities.map(({ left, right }) => Float64Array.from(places, (place) => timesIn(left, place) - timesIn(right, place)));
  let done = 0;
  for (const [column] of places.entries()) {
    const found = rows.findIndex((row, at) => at >= done && Math.abs(row[column] ?? 0) > NOTHING);
    const pivot = rows[found];
    if (!pivot) continue;
    rows[found] = rows[done] ?? pivot;
    rows[done] = pivot;
    const by = pivot[column] ?? 1;
    for (const [at] of places.entries()) pivot[at] = (pivot[at] ?? 0) / by;
    rows.forEach((row, at) => { if (at !== done) subtract(row, pivot, row[column] ?? 0); });
    done += 1;
  }
  return rows.slice(0, done).flatMap((row) => {
    const left = places.filter((_, at) => Math.abs(row[at] ?? 0) > NOTHING);
    return left.length === 1 ? left : [];
  });
}

/** What rounding leaves of a 0: the factors are small whole numbers. */
const NOTHING = 1e-9;

const timesIn = (side: readonly number[], place: number): number => side.filter((one) => one === place).length;

function subtract(row: Float64Array, pivot: Float64Array, times: number): void {
  if (Math.abs(times) <= NOTHING) return;
  for (const at of row.keys()) row[at] = (row[at] ?? 0) - times * (pivot[at] ?? 0);
}
