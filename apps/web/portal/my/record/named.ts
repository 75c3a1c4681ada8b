import type { FactName } from '#engine/record/index.ts';

/** Which fact an address names: its id, and which of the dated records. */
export function namedIn(id: string, query: URLSearchParams): FactName {
  const no = /^\d{1,4}$/.exec(query.get('no') ?? '')?.[0];
  return { fact: id, no: no === undefined ? null : Number(no) };
}
