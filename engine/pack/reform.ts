import type { z } from 'zod';
import type { Diagnostic, FilePlace } from '#engine/kernel/index.ts';
import { nearest } from './nearest.ts';
import type { Pack } from './pack.ts';
import { readFile } from './read.ts';
import { reform } from './schema/reform.ts';

/** A change of parameters, of standards' texts, of who is within reach or of payers' shares, each from a day on. */
export type Reform = z.output<typeof reform>;

/** Reads a reform and checks that everything it names is in the pack; undefined where something is wrong. */
export function readReform(pack: Pack, file: string, text: string): { readonly reform: Reform | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics, place } = readFile(reform, file, text);
  const all = value ? checkReform(pack, value, place) : diagnostics;
  return { reform: all.length === 0 ? value : undefined, diagnostics: all };
}

/** What a reform names that the pack does not have, and shares that do not add up. */
export function checkReform(pack: Pack, { parameters, standards, openings, payers }: Reform, place: (path: readonly PropertyKey[]) => FilePlace): readonly Diagnostic[] {
  const missing = (kind: string, id: string, known: { readonly has: (id: string) => boolean; readonly keys: () => Iterable<string> }, path: readonly PropertyKey[]): readonly Diagnostic[] => {
    if (known.has(id)) return [];
    const near = nearest(id, known.keys());
    return [{ code: 'reference-dangling', severity: 'error', place: place(path), data: { kind, id }, ...(near === undefined ? {} : { nearest: near }) }];
  };
  return [
    ...parameters.flatMap(({ parameter, area }, at) => [...missing('parameter', parameter, pack.parameters, ['parameters', at, 'parameter']), ...missing('division', area, pack.divisions, ['parameters', at, 'area'])]),
    ...standards.flatMap(({ service, from, conditions }, at) => {
      const standard = pack.services.get(service)?.standard?.find((one) => one.from <= from && (one.until === undefined || from <= one.until));
      const known = new Map((standard?.conditions ?? []).map((condition) => [condition.id, condition]));
      return [...missing('service', service, pack.services, ['standards', at, 'service']), ...conditions.flatMap(({ id }, index) => missing('condition', id, known, ['standards', at, 'conditions', index, 'id']))];
    }),
    ...openings.flatMap(({ service, group, area }, at) => [
      ...missing('service', service, pack.services, ['openings', at, 'service']),
      ...missing('group', group, new Map(pack.breakdowns.get('standing')?.groups.map((one) => [one.id, one])), ['openings', at, 'group']),
      ...(area === undefined ? [] : missing('division', area, pack.divisions, ['openings', at, 'area'])),
    ]),
    ...payers.flatMap(({ service, from, shares }, at): readonly Diagnostic[] => {
      const sum = shares.reduce((total, { shareBp }) => total + shareBp, 0);
      const wrong: readonly Diagnostic[] = sum === 10_000 ? [] : [{ code: 'shares-incomplete', severity: 'error', place: place(['payers', at, 'shares']), data: { day: from, sum } }];
      return [...missing('service', service, pack.services, ['payers', at, 'service']), ...wrong];
    }),
  ];
}
