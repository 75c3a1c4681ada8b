import { z } from 'zod';
import type { Diagnostic } from '#engine/kernel/index.ts';
import type { Boundaries } from './pack.ts';
import { startOf } from './read.ts';

const FILE = 'geo/counties.geojson';
const position = z.tuple([z.number(), z.number()]).rest(z.number());
const polygon = z.array(z.array(position).min(4)).min(1);
const collection = z.object({
  type: z.literal('FeatureCollection'),
  provenance: z.strictObject({ crs: z.string(), source: z.string(), note: z.strictObject({ zh: z.string(), en: z.string() }) }),
  features: z.array(z.object({
    properties: z.object({ code: z.string() }),
    geometry: z.discriminatedUnion('type', [
      z.object({ type: z.literal('Polygon'), coordinates: polygon }),
      z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
    ]),
  })),
});

/**
 * The county outlines of a pack, or undefined where it has none.
 *
 * A map layer without its coordinate system, source and note is refused: people would take it for an official map.
 */
export function readBoundaries(texts: ReadonlyMap<string, string>, divisions: ReadonlySet<string>): { readonly value: Boundaries | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const text = texts.get(FILE);
  if (text === undefined) return { value: undefined, diagnostics: [] };
  const refuse = (problem: string): ReturnType<typeof readBoundaries> => ({ value: undefined, diagnostics: [{ code: 'geo-invalid', severity: 'error', place: startOf(FILE), data: { problem } }] });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return refuse(cause instanceof Error ? cause.message : 'JSON');
  }
  const parsed = collection.safeParse(json);
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 3).join('; '));
  const { provenance, features } = parsed.data;
  const lost = features.map((feature) => feature.properties.code).find((code) => !divisions.has(code));
  if (lost !== undefined) return { value: undefined, diagnostics: [{ code: 'reference-dangling', severity: 'error', place: startOf(FILE), data: { kind: 'division', id: lost } }] };
  const areas = features.map(({ properties, geometry }) => ({
    code: properties.code,
    rings: (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).map((ring) => ring.map(([x, y]): [number, number] => [x, y])),
  }));
  return { value: { ...provenance, areas }, diagnostics: [] };
}
