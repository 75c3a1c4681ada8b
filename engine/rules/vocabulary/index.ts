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

/** Where a basis is not said of a thing, the next of these that is. */
const BASES: readonly string[] = ['resident', 'registered', 'insured', 'work'];

/** The area code facts that can say where a kind of thing is, the one of the basis asked first. */
export function areaFacts({ areas }: Pick<Vocabulary, 'areas'>, entity: string, basis: string): readonly string[] {
  return [basis, ...BASES].flatMap((one) => areas.get(`${one} ${entity}`) ?? []);
}

export function vocabularyOf(pack: Pack, report: Report): Vocabulary {
  const schema = schemaOf(pack, report);
  const areas = new Map([...pack.facts.values()].flatMap((fact) => (fact.areaBasis && schema.facts.has(fact.id) ? [[`${fact.areaBasis} ${fact.entity}`, fact.id] as const] : [])));
  return { schema, names: namesOf(pack, schema, report), areas };
}
