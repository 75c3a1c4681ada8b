import type { Pack } from '#engine/pack/index.ts';
import type { Schema } from '../schema.ts';
import { schemaOf } from './facts.ts';
import type { Report } from './facts.ts';
import { namesOf } from './names.ts';
import type { Named } from './names.ts';

export { AREAS } from './facts.ts';
export type { Report } from './facts.ts';
export type { Named } from './names.ts';
export * from './day.ts';
export * from './parameter.ts';
export * from './unit.ts';

/** What the rules of a pack can speak of. */
export interface Vocabulary {
  readonly schema: Schema;
  readonly names: ReadonlyMap<string, Named>;
  /** The area code fact that answers for a basis, by `<basis> <entity>`. */
  readonly areas: ReadonlyMap<string, string>;
}

export function vocabularyOf(pack: Pack, report: Report): Vocabulary {
  const schema = schemaOf(pack, report);
  const areas = new Map([...pack.facts.values()].flatMap((fact) => (fact.areaBasis && schema.facts.has(fact.id) ? [[`${fact.areaBasis} ${fact.entity}`, fact.id] as const] : [])));
  return { schema, names: namesOf(pack, schema, report), areas };
}
