import type { Boundaries } from '#engine/pack/index.ts';

/** The outline of an area as an SVG path, with the point where its name stands. */
export interface Outline {
  readonly code: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  readonly outlines: readonly Outline[];
}

/**
 * The outlines of a pack drawn on a plane of the given width, north up.
 *
 * Degrees are scaled by the cosine of the middle latitude, which for one prefecture is as good as a projection.
 */
export function drawMap({ areas }: Boundaries, width: number): MapDrawing {
  const points = areas.flatMap((area) => area.rings.flat());
  const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = width / ((east - west) * squeeze);
  const place = ([x, y]: readonly [number, number]): readonly [number, number] => [(x - west) * squeeze * scale, (north - y) * scale];
  const outlines = areas.map(({ code, rings }): Outline => {
    const drawn = rings.map((ring) => ring.map(place));
    const [x, y] = middleOf(drawn.reduce((a, b) => (Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a)));
    return { code, path: drawn.map((ring) => `M${ring.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join('L')}Z`).join(''), x: Math.round(x), y: Math.round(y) };
  });
  return { width, height: Math.ceil((north - south) * scale), outlines };
}

type Ring = readonly (readonly [number, number])[];

function crosses(ring: Ring): readonly { readonly a: readonly [number, number]; readonly b: readonly [number, number]; readonly cross: number }[] {
  return ring.map((a, index) => {
    const b = ring[(index + 1) % ring.length] ?? a;
    return { a, b, cross: a[0] * b[1] - b[0] * a[1] };
  });
}

function areaOf(ring: Ring): number {
  return crosses(ring).reduce((sum, { cross }) => sum + cross, 0) / 2;
}

/** The centre of gravity of a ring. */
function middleOf(ring: Ring): readonly [number, number] {
  const area = areaOf(ring);
  const sum = crosses(ring).reduce((total, { a, b, cross }) => ({ x: total.x + (a[0] + b[0]) * cross, y: total.y + (a[1] + b[1]) * cross }), { x: 0, y: 0 });
  return [sum.x / (6 * area), sum.y / (6 * area)];
}
