import type { z } from 'zod';
import type { Diagnostic, FilePlace } from '#engine/kernel/index.ts';
import { textOf } from './files.ts';
import type { PackFiles } from './files.ts';
import { FREE_MAPS, KINDS, OTHER_FILES } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { nearest } from './nearest.ts';
import { kebabCase, readYaml } from './yaml.ts';
import type { YamlFile } from './yaml.ts';

/** A record as read and checked against its schema, not yet linked. */
export interface RawRecord {
  readonly kind: Kind;
  readonly id: string;
  /** The folder that gives the record its domain or table, where its kind has one. */
  readonly folder: string | undefined;
  readonly value: Record<string, unknown>;
  readonly at: FilePlace;
  /** Where a field of the record stands. */
  readonly place: (path: readonly PropertyKey[]) => FilePlace;
}

export interface PackRead {
  readonly records: readonly RawRecord[];
  /** What failed its schema: it exists, so that a link to it is not reported as well. */
  readonly refused: readonly { readonly kind: Kind; readonly id: string }[];
  readonly texts: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every record of a pack that follows its schema, and a diagnostic for everything that does not. */
export function readPack(files: PackFiles): PackRead {
  const diagnostics: Diagnostic[] = [];
  const records: RawRecord[] = [];
  const refused: { kind: Kind; id: string }[] = [];
  const texts = new Map<string, string>();
  for (const path of [...files.keys()].sort()) {
    const text = textOf(files.get(path) ?? new Uint8Array());
    const report = (code: string, data: Record<string, string> = {}): void => {
      diagnostics.push({ code, severity: 'error', place: startOf(path), data });
    };
    if (text === undefined) {
      report('file-not-utf8');
      continue;
    }
    texts.set(path, text);
    const kind = (Object.keys(KINDS) as Kind[]).find((candidate) => KINDS[candidate].path.test(path));
    if (kind) readRecords(kind, path, text, { records, refused, diagnostics });
    else if (!OTHER_FILES.test(path)) report('file-unexpected', { file: path });
  }
  return { records, refused, texts, diagnostics };
}

/** The YAML of a record file again, to find where in it a part of a rule stands. */
export function packYaml(path: string, text: string): YamlFile {
  const kind = (Object.keys(KINDS) as Kind[]).find((candidate) => KINDS[candidate].path.test(path));
  return readYaml(path, text, FREE_MAPS, kind !== undefined && KINDS[kind].shape === 'map');
}

/** The first character of a file, for what concerns the file as a whole. */
export function startOf(file: string): FilePlace {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

interface Collected {
  readonly records: RawRecord[];
  readonly refused: { kind: Kind; id: string }[];
  readonly diagnostics: Diagnostic[];
}

function readRecords(kind: Kind, path: string, text: string, { records, refused, diagnostics }: Collected): void {
  const definition = KINDS[kind];
  const yaml = readYaml(path, text, FREE_MAPS, definition.shape === 'map');
  diagnostics.push(...yaml.diagnostics);
  if (yaml.value === undefined && yaml.diagnostics.length > 0) return;
  const fileId = path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length);
  if (definition.shape === 'one' && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(fileId)) diagnostics.push({ code: 'id-malformed', severity: 'error', place: startOf(path), data: { id: fileId } });
  for (const { id, value, at } of entriesOf(definition.shape, fileId, yaml, path, diagnostics)) {
    const parsed = (definition.schema as z.ZodType).safeParse(value);
    const ownId = definition.shape === 'list' ? (fieldOf(value, 'code') ?? fieldOf(value, 'id')) : id;
    const record = { kind, id: typeof ownId === 'string' ? ownId : '', folder: definition.path.exec(path)?.[1], at: yaml.place(at), place: (inner: readonly PropertyKey[]) => yaml.place([...at, ...inner]) };
    if (parsed.success) {
      records.push({ ...record, value: parsed.data as Record<string, unknown> });
    } else {
      refused.push(record);
      for (const issue of parsed.error.issues) diagnostics.push(...diagnose(issue, { schema: definition.schema, base: at, yaml, value }));
    }
  }
}

/** One file of the pack format that stands outside a pack, such as a reform: its value, what is wrong with it, and the way back to the text. */
export function readFile<Schema extends z.ZodType>(schema: Schema, path: string, text: string): { readonly value: z.output<Schema> | undefined; readonly diagnostics: readonly Diagnostic[]; readonly place: YamlFile['place'] } {
  const yaml = readYaml(path, text, FREE_MAPS);
  const { place } = yaml;
  if (yaml.diagnostics.length > 0) return { value: undefined, diagnostics: yaml.diagnostics, place };
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, diagnostics: [], place };
  return { value: undefined, diagnostics: parsed.error.issues.flatMap((issue) => diagnose(issue, { schema, base: [], yaml, value: yaml.value })), place };
}

function fieldOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

interface RawEntry {
  readonly id: string;
  readonly value: unknown;
  readonly at: readonly PropertyKey[];
}

function entriesOf(shape: 'single' | 'one' | 'list' | 'map' | 'plain', fileId: string, yaml: YamlFile, path: string, diagnostics: Diagnostic[]): RawEntry[] {
  const { value } = yaml;
  if (shape === 'single' || shape === 'one') return [{ id: fileId, value, at: [] }];
  if (shape === 'map' && typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value).map(([id, item]) => ({ id, value: item, at: [id] }));
  if (shape !== 'map' && Array.isArray(value)) return value.map((item, index) => ({ id: String(index), value: item, at: [index] }));
  diagnostics.push({ code: 'value-type', severity: 'error', place: startOf(path), data: { expected: shape === 'map' ? 'map' : 'list' } });
  return [];
}

type Issue = z.core.$ZodIssue;

/** Where an issue arose: the schema of the record, the record as written and its path in the file. */
interface IssueSite {
  readonly schema: z.ZodType;
  readonly base: readonly PropertyKey[];
  readonly yaml: YamlFile;
  readonly value: unknown;
}

/** The diagnostics of one schema issue. */
function diagnose(issue: Issue, site: IssueSite): Diagnostic[] {
  const path = [...site.base, ...issue.path];
  const at = (code: string, data: Record<string, string | number> = {}): Diagnostic[] => [
    { code, severity: 'error', place: site.yaml.place(path), data: { field: fieldName(issue.path), ...data } },
  ];
  if (issue.path.length > 0 && issue.path.reduce(fieldOf, site.value) === undefined) return at('key-missing');
  switch (issue.code) {
    case 'unrecognized_keys': return issue.keys.map((key) => unknownKey(key, path, site));
    case 'invalid_type': return at('value-type', { expected: issue.expected });
    case 'invalid_value': return at('value-not-allowed', { allowed: issue.values.map(String).join(' | ') });
    case 'invalid_union': return diagnoseUnion(issue, site);
    case 'custom': return at(String(issue.params?.['code'] ?? 'value-not-allowed'), { found: String(issue.params?.['found'] ?? '') });
    case 'invalid_format': return at('value-pattern', { pattern: String('pattern' in issue ? issue.pattern : issue.format) });
    default: return at('value-range', { problem: issue.message });
  }
}

function unknownKey(key: string, path: readonly PropertyKey[], { schema, yaml }: IssueSite): Diagnostic {
  const near = nearest(kebabCase(key), keysOf(schema));
  return { code: 'key-unknown', severity: 'error', place: yaml.keyPlace([...path, key]), data: { key: kebabCase(key) }, ...(near === undefined ? {} : { nearest: near }) };
}

/** Of the options of a union, the one that came furthest says best what is wrong. */
function diagnoseUnion(issue: Extract<Issue, { code: 'invalid_union' }>, site: IssueSite): Diagnostic[] {
  const reach = (errors: readonly Issue[]): number => Math.max(...errors.map((error) => error.path.length + (error.code === 'custom' || error.code === 'unrecognized_keys' ? 0.5 : 0)));
  const best = issue.errors.filter((errors) => errors.length > 0).sort((a, b) => reach(b) - reach(a) || a.length - b.length)[0] ?? [];
  return best.flatMap((inner) => diagnose({ ...inner, path: [...issue.path, ...inner.path] }, site));
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : kebabCase(String(step)))).join('.').replaceAll('.[', '[');
}

/** Every key that a schema knows at any depth, in kebab-case. */
function keysOf(schema: z.ZodType): string[] {
  const { shape, element, innerType, options } = (schema as unknown as { def: { shape?: Record<string, z.ZodType>; element?: z.ZodType; innerType?: z.ZodType; options?: z.ZodType[] } }).def;
  const inner = [...Object.values(shape ?? {}), ...(options ?? []), ...(element ? [element] : []), ...(innerType ? [innerType] : [])];
  return [...Object.keys(shape ?? {}).map(kebabCase), ...inner.flatMap(keysOf)];
}
