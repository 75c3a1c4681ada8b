import type { Diagnostic } from '#engine/kernel/index.ts';
import { readBoundaries } from './boundaries.ts';
import type { PackFiles } from './files.ts';
import { KINDS } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { linkPack } from './link.ts';
import type { Pack, Plan } from './pack.ts';
import { readPack, startOf } from './read.ts';
import type { RawRecord } from './read.ts';
import { parseSource } from './source/parse.ts';

/** A pack as far as it could be read, with everything that is wrong with it. */
export interface PackLoad {
  /**
   * The records that follow their schemas; undefined where the plan or its source document cannot be read.
   * Serve it only where no diagnostic is an error: until then some of its links lead nowhere.
   */
  readonly pack: Pack | undefined;
  /** In the order of files and lines. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every text of the pack by path, to show where a diagnostic points. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads, checks and links a plan pack. Never throws: what is wrong is a diagnostic. */
export function loadPack(files: PackFiles): PackLoad {
  const read = readPack(files);
  const { records, texts, diagnostics } = read;
  const plan = records.find((record) => record.kind === 'plan')?.value as Plan | undefined;
  const stop = (code: string, data: Diagnostic['data']): PackLoad => ({ pack: undefined, diagnostics: sorted([...diagnostics, { code, severity: 'error', place: startOf('plan.yaml'), data }]), texts });
  if (!texts.has('plan.yaml')) return stop('file-missing', { file: 'plan.yaml' });
  if (!plan) return { pack: undefined, diagnostics: sorted(diagnostics), texts };
  if (plan.format !== 1) return stop('format-unknown', { format: plan.format });
  const document = `source/${plan.document.file}`;
  const text = texts.get(document);
  if (text === undefined) return stop('file-missing', { file: document });

  const columns = new Map(plan.document.tables.map((table) => [table.no, table.columns]));
  const source = parseSource(document, text, new Map([...columns].map(([no, names]) => [no, names.length])));
  const boundaries = readBoundaries(texts, new Set(records.filter((record) => record.kind === 'divisions').map((record) => record.id)));
  return {
    pack: { plan, source, texts, boundaries: boundaries.value, ...assemble(records) },
    diagnostics: sorted([...diagnostics, ...boundaries.diagnostics, ...linkPack(read, source, columns)]),
    texts,
  };
}

type Records = Omit<Pack, 'plan' | 'source' | 'texts' | 'boundaries'>;

/** The records by kind. Schemas have checked them, so this is where their types are asserted, once. */
function assemble(records: readonly RawRecord[]): Records {
  const of = (kind: Kind): readonly RawRecord[] => records.filter((record) => record.kind === kind);
  const byId = (kind: Kind): ReadonlyMap<string, unknown> => new Map(of(kind).map((record) => [record.id, entry(record)]));
  const list = (kind: Kind): readonly unknown[] => of(kind).map((record) => record.value);
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== 'plan');
  return Object.fromEntries(kinds.map((kind) => [kind, KINDS[kind].shape === 'plain' ? list(kind) : byId(kind)])) as unknown as Records;
}

function entry(record: RawRecord): unknown {
  const definition = KINDS[record.kind];
  const folder = 'folder' in definition ? { [definition.folder]: record.folder } : {};
  return { ...record.value, ...folder, id: record.id, place: record.at };
}

function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => compareText(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column || compareText(a.code, b.code));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
