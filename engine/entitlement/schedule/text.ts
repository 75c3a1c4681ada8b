import { printDecimal } from '#engine/kernel/index.ts';
import { quoted } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';

type Pairs = readonly (readonly [key: string, source: string | undefined])[];

/** A reform as a reform file, so that reading it gives the same reform. */
export function reformText({ name, why, parameters, standards, payers }: Reform): string {
  const list = (key: string, items: readonly string[]): readonly string[] => (items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${item}`)]);
  return [
    `name: ${local(name)}`,
    ...(why ? [`why: ${local(why)}`] : []),
    ...list('parameters', parameters.map((one) => map([['parameter', one.parameter], ['area', text(one.area)], ['from', text(one.from)], ['until', one.until && text(one.until)], ['value', printDecimal(one.value)], ['source', one.source], ['confidence', one.confidence]]))),
    ...list('standards', standards.map((one) => map([['service', one.service], ['from', text(one.from)], ['conditions', `[${one.conditions.map(({ id, when }) => map([['id', id], ['when', quoted(when)]])).join(', ')}]`], ['amount', one.amount === undefined ? undefined : quoted(one.amount)]]))),
    ...list('payers', payers.map((one) => map([['service', one.service], ['from', text(one.from)], ['shares', `[${one.shares.map(({ level, of, shareBp }) => map([['level', level], ['of', of], ['share-bp', String(shareBp)]])).join(', ')}]`], ['source', one.source], ['confidence', one.confidence]]))),
    '',
  ].join('\n');
}

const text = (value: string): string => `"${value}"`;
const map = (pairs: Pairs): string => `{${pairs.flatMap(([key, source]) => (source === undefined ? [] : [`${key}: ${source}`])).join(', ')}}`;
const local = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }): string => map([['zh', quoted(zh)], ['en', en === undefined ? undefined : quoted(en)]]);
