import type { z } from 'zod';
import type { LinkKind } from './schema/common.ts';

/** A field of a record that names something else: a record, a place in the source, a unit, an area. */
export interface Link {
  readonly kind: LinkKind;
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/** Every link of a parsed record, found by walking its schema beside it. `unfilled` is no link. */
export function linksOf(schema: z.ZodType, value: unknown, path: readonly PropertyKey[] = []): Link[] {
  if (value === undefined || value === 'unfilled') return [];
  const kind = schema.meta()?.['links'];
  if (typeof kind === 'string') return [{ kind: kind as LinkKind, value, path }];
  return distinct(inside(schema, value).flatMap(([inner, part, step]) => linksOf(inner, part, step === undefined ? path : [...path, step])));
}

/** The schemas inside a schema with the part of the value that each describes and the step that leads there. */
function inside(schema: z.ZodType, value: unknown): readonly (readonly [z.ZodType, unknown, PropertyKey?])[] {
  const { shape, element, valueType, options, innerType, in: piped } = (schema as unknown as { def: Def }).def;
  if (shape && isObject(value)) return Object.entries(shape).map(([key, inner]) => [inner, value[key], key]);
  if (element && Array.isArray(value)) return value.map((item, index) => [element, item, index]);
  if (valueType && isObject(value)) return Object.entries(value).map(([key, item]) => [valueType, item, key]);
  return [...(options ?? []), ...(innerType ? [innerType] : []), ...(piped ? [piped] : [])].map((inner) => [inner, value]);
}

interface Def {
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two options of a union may hold the same link; it counts once. */
function distinct(links: readonly Link[]): Link[] {
  return links.filter((link, index) => links.findIndex((other) => other.kind === link.kind && other.path.join('.') === link.path.join('.')) === index);
}
