import type { LocalName } from '#engine/kernel/index.ts';
import type { Boundaries } from '#engine/pack/index.ts';

export interface Outline {
  readonly code: string;
  readonly name: LocalName;
  readonly path: string;
  /** Where its name stands. */
  readonly x: number;
  readonly y: number;
}

export interface Outlines {
  readonly width: number;
  readonly height: number;
  readonly areas: readonly Outline[];
}

/**
 * The outlines of areas as paths of a drawing 600 wide, north up.
 *
 * Degrees become a plane by the cosine of the middle latitude: good for a county map, not for measuring. Points
 * nearer than one unit to the last one are left out, because nobody sees them.
 */
export function outlinesIn(boundaries: Boundaries | undefined, names: ReadonlyMap<string, LocalName>): Outlines | undefined {
  const points = boundaries?.areas.flatMap(({ rings }) => rings.flat()) ?? [];
  if (!boundaries || points.length === 0) return undefined;
  const [west, east] = extent(points.map(([x]) => x));
  const [south, north] = extent(points.map(([, y]) => y));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = 600 / ((east - west) * squeeze);
  const project = ([x, y]: readonly [number, number]): readonly [number, number] => [Math.round((x - west) * squeeze * scale), Math.round((north - y) * scale)];
  const areas = boundaries.areas.flatMap(({ code, rings }): Outline[] => {
    const name = names.get(code);
    const drawn = rings.map((ring) => thin(ring.map(project)));
    const largest = drawn.toSorted((a, b) => b.length - a.length)[0] ?? [];
    const [x, y] = centroid(largest);
    return name ? [{ code, name, path: drawn.map((ring) => `M${ring.map(([px, py]) => `${px} ${py}`).join('L')}Z`).join(''), x, y }] : [];
  });
  return { width: 600, height: Math.round((north - south) * scale), areas };
}

function extent(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}

function thin(ring: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  for (const point of ring) {
    const last = kept.at(-1);
    if (!last || Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) > 2) kept.push(point);
  }
  return kept;
}

/** The centre of gravity of a ring, where a name stands best. */
function centroid(ring: readonly (readonly [number, number])[]): readonly [number, number] {
  let [area, sumX, sumY] = [0, 0, 0];
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    const cross = x * nextY - nextX * y;
    area += cross;
    sumX += (x + nextX) * cross;
    sumY += (y + nextY) * cross;
  });
  return area === 0 ? [0, 0] : [Math.round(sumX / (3 * area)), Math.round(sumY / (3 * area))];
}
