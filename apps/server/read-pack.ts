import { readPackFolder } from '#adapters/folder/index.ts';
import { checkSchedules } from '#engine/delivery/index.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import type { LinkedPack } from '#engine/entitlement/index.ts';
import { lintPlan, loadPack } from '#engine/pack/index.ts';
import type { Finding, Pack, PackFiles, PackLoad } from '#engine/pack/index.ts';
import type { ParseCache } from '#engine/rules/index.ts';

/** A pack folder as far as it can be served. */
export type PackReading =
  | { readonly kind: 'pack'; readonly files: PackFiles; readonly load: PackLoad; readonly pack: Pack; readonly linked: LinkedPack; readonly findings: readonly Finding[] }
  | { readonly kind: 'pack-missing'; readonly folder: string }
  | { readonly kind: 'pack-faulty'; readonly load: PackLoad };

/** Reads, checks, links and lints a pack. One with errors is not served (contract 17). `parsed` holds rule texts of an earlier reading. */
export function readPack(folder: string, parsed?: ParseCache): PackReading {
  const files = readPackFolder(folder);
  if (!files?.has('plan.yaml')) return { kind: 'pack-missing', folder };
  const load = loadPack(files);
  if (load.pack === undefined || load.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { kind: 'pack-faulty', load };
  const { diagnostics: ruled, ...linked } = linkBook(load.pack, parsed);
  const diagnostics = [...ruled, ...checkSchedules(linked.rules)];
  const whole = { ...load, diagnostics: [...load.diagnostics, ...diagnostics] };
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { kind: 'pack-faulty', load: whole };
  return { kind: 'pack', files, load: whole, pack: load.pack, linked, findings: lintPlan(load.pack) };
}
