import { z } from 'zod';
import { fileSchema, FREE_MAPS, KINDS, PACK_KINDS } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { kebabCase } from './yaml.ts';

/** A JSON Schema document, as `z.toJSONSchema` gives it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a kind of pack file, for editors: keys in kebab-case, as they are written.
 *
 * What the schema cannot say (links, citations, cells that must equal the source) the loader checks.
 */
export function packJsonSchema(kind: Kind): JsonSchema {
  const schema = z.toJSONSchema(fileSchema(kind), { io: 'input', unrepresentable: 'any' });
  return { title: KINDS[kind].example, ...(kebab(schema, false) as JsonSchema) };
}

/** Renames properties to the keys people write; the keys of free maps stay as they are. */
function kebab(node: unknown, free: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => kebab(item, false));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'links').map(([key, value]) => {
    if (key === 'properties' && !free) return [key, Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [kebabCase(name), kebab(inner, FREE_MAPS.has(name))]))];
    if (key === 'required' && Array.isArray(value)) return [key, value.map((name) => kebabCase(String(name)))];
    return [key, kebab(value, false)];
  }));
}

/** The reference page of the pack format in Markdown, made from the schemas. */
export function formatReference(): string {
  const sections = PACK_KINDS.map((kind) => {
    const schema = packJsonSchema(kind);
    const record = (schema['items'] ?? (typeof schema['additionalProperties'] === 'object' ? schema['additionalProperties'] : schema)) as JsonSchema;
    return `## \`${KINDS[kind].example}\`\n\n${SHAPES[KINDS[kind].shape]}\n\n| key | | value | meaning |\n| --- | --- | --- | --- |\n${rows(record, '').join('\n')}\n`;
  });
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

const SHAPES: Record<(typeof KINDS)[Kind]['shape'], string> = {
  single: 'One file, one record.',
  one: 'One record a file; the file name is its id.',
  list: 'A list of records, each with its id.',
  map: 'Records by key.',
  plain: 'A list of records.',
};

const INTRODUCTION = `# The plan pack, format 1

A pack is a folder of data: YAML 1.2, GeoJSON and the published text. It holds no code. Keys are lower-case words
joined by hyphens; numbers are written as digits and read exactly; codes and dates are quoted; \`unfilled\` says that
the plan does not print a thing and nobody has entered it yet. \`minsheng pack check DIR\` says what is wrong, with
file, line, column and a hint.

**Citations** name a place in the published text: \`表1 第4行\` a row of a table, \`三(二)\` a section, \`三\` what a
chapter says before its sections, \`专栏 十一(四) 第7项\` an item of a box by its printed number (by its place where
none is printed), \`专栏 十一(四)\` the box, \`表2 注\` the note of a table, \`脚注 1\`, \`导言\` the preamble, \`文前\`
what stands before it. The text itself is \`source/\` and the file that \`plan.yaml\` names; \`geo/counties.geojson\`
holds outlines with their coordinate system, source and note.

This page is made from the schemas in \`engine/pack/schema\` by \`npm run -s docs\`.
`;

function rows(schema: JsonSchema, prefix: string): string[] {
  const required = (schema['required'] as readonly string[] | undefined) ?? [];
  return Object.entries((schema['properties'] as Record<string, JsonSchema> | undefined) ?? {}).flatMap(([key, field]) => {
    const own = `| \`${prefix}${key}\` | ${required.includes(key) ? 'must' : 'may'} | ${valueOf(field)} | ${textOf(field['description']).replaceAll('|', '\\|')} |`;
    const inner = objectIn(field);
    const repeats = inner && Object.keys((inner['properties'] as object | undefined) ?? {}).every((name) => name === 'zh' || name === 'en');
    return inner && !repeats ? [own, ...rows(inner, `${prefix}${key}${field['items'] === undefined ? '' : '[]'}.`)] : [own];
  });
}

/** The object that a field is, or a list of it, or one of its alternatives. */
function objectIn(field: JsonSchema): JsonSchema | undefined {
  if (field['properties'] !== undefined) return field;
  if (typeof field['items'] === 'object') return objectIn(field['items'] as JsonSchema);
  return ((field['anyOf'] as readonly JsonSchema[] | undefined) ?? []).map(objectIn).find((inner) => inner !== undefined);
}

function valueOf(field: JsonSchema): string {
  if (field['const'] !== undefined) return `\`${textOf(field['const'])}\``;
  const options = field['enum'] as readonly unknown[] | undefined;
  if (options) return options.map((option) => `\`${String(option)}\``).join(' · ');
  const alternatives = field['anyOf'] as readonly JsonSchema[] | undefined;
  if (alternatives) return [...new Set(alternatives.map(valueOf))].join(' or ');
  if (typeof field['items'] === 'object') return `list of ${valueOf(field['items'] as JsonSchema)}`;
  const properties = Object.keys((field['properties'] as object | undefined) ?? {});
  if (properties.length > 0) return properties.every((key) => key === 'zh' || key === 'en') ? 'text in `zh`, `en`' : 'map';
  if (typeof field['additionalProperties'] === 'object') return 'map by name';
  return textOf(field['type']) || 'any';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
