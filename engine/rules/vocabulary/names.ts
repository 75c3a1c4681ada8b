import type { DecisionTable, Definition, Pack, Parameter } from '#engine/pack/index.ts';
import { DAYS, ENTITLED, FUNCTIONS, KEYWORDS, RECEIVES } from '../syntax/index.ts';
import type { FactColumn, Link, Schema } from '../schema.ts';
import { WHOLE } from '../report.ts';
import type { Site } from '../report.ts';
import type { Report } from './facts.ts';

/** What a name in a rule stands for. */
export type Named = { readonly site: Site } & (
  | { readonly kind: 'fact'; readonly fact: FactColumn }
  /** The members of a group, what a relation leads to, the dated records. */
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | { readonly kind: 'definition'; readonly definition: Definition }
  | { readonly kind: 'table'; readonly table: DecisionTable }
);

const TAKEN: ReadonlySet<string> = new Set([...KEYWORDS, ...FUNCTIONS, ...DAYS, ENTITLED, RECEIVES]);

/** Every name of a pack. A name means one thing only: the second that claims it is reported. */
export function namesOf(pack: Pack, schema: Schema, report: Report): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>();
  const claim = (name: string, named: Named): void => {
    const before = names.get(name);
    if (before) report(named.site, { code: 'name-taken', at: WHOLE, data: { name, by: before.kind, file: before.site.file } });
    else if (TAKEN.has(name)) report(named.site, { code: 'name-reserved', at: WHOLE, data: { name } });
    else names.set(name, named);
  };
  const inList = (file: string, name: string): Site => ({ file, path: [{ name }, 'name'] });
  for (const { id, name } of pack.facts.values()) {
    const fact = schema.facts.get(id);
    // A fact that was refused still owns its name, so that rules that use it are not blamed for it.
    claim(name, { kind: 'fact', fact: fact ?? { id, name, entity: '', type: { kind: 'boolean' }, unknowable: true, nonable: true }, site: inList('facts.yaml', id) });
  }
  for (const { id, name } of pack.entities.values()) {
    const link = schema.links.get(id);
    if (link && name !== undefined) claim(name, { kind: 'link', link, site: inList('entities.yaml', id) });
  }
  for (const parameter of pack.parameters.values()) claim(parameter.name, { kind: 'parameter', parameter, site: { file: parameter.place.file, path: ['name'] } });
  for (const definition of pack.definitions) claim(definition.name, { kind: 'definition', definition, site: inList('definitions.yaml', definition.name) });
  for (const table of pack.tables.values()) claim(table.name, { kind: 'table', table, site: { file: table.place.file, path: ['name'] } });
  return names;
}
