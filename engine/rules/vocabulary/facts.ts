import type { Decimal } from '#engine/kernel/index.ts';
import { nearest } from '#engine/pack/index.ts';
import type { Fact, Pack, RuleEntity } from '#engine/pack/index.ts';
import type { Problem } from '../syntax/index.ts';
import { RECEIVES } from '../syntax/index.ts';
import { receivesFact } from '../schema.ts';
import type { CodeList, Entity, FactColumn, Link, Schema } from '../schema.ts';
import type { ValueType } from '../type.ts';
import { FIRST_DATE, LAST_DATE } from '../type.ts';
import { WHOLE } from '../report.ts';
import type { Site } from '../report.ts';
import { atScale, factUnit } from './unit.ts';

export type Report = (site: Site, problem: Problem) => void;

/** The code list of areas: every division of the pack, in its order. */
export const AREAS = 'area';

const problem = (code: string, data: Problem['data'], near?: string): Problem => ({ code, at: WHOLE, data, nearest: near });

/** The world of a pack: its things, how they are joined, their facts and codes. What is wrong is reported and left out. */
export function schemaOf(pack: Pack, report: Report): Schema {
  const entities = new Map<string, Entity>([...pack.entities.values()].filter((one) => one.kind !== 'relation').map(({ id }) => [id, { id }]));
  const links = new Map([...pack.entities.values()].flatMap((one) => linkOf(one, entities, report)).map((link) => [link.id, link]));
  const codeLists = new Map<string, CodeList>([[AREAS, areasOf(pack)]]);
  for (const { id, codes } of pack.facts.values()) if (codes) codeLists.set(id, { id, codes: Object.keys(codes), labels: Object.values(codes) });
  for (const list of doneLists(pack)) codeLists.set(list.id, list);
  const facts = new Map<string, FactColumn>();
  for (const fact of pack.facts.values()) {
    const column = columnOf(pack, fact, entities, links, report);
    if (column) facts.set(column.id, column);
  }
  for (const link of links.values()) if (link.kind === 'spells') checkSpells(link, facts, report);
  for (const { id, subject = 'person' } of pack.services.values()) {
    if (entities.has(subject)) facts.set(receivesFact(id), { id: receivesFact(id), name: `${RECEIVES}("${id}")`, entity: subject, type: { kind: 'boolean' }, unknowable: true, nonable: false });
  }
  return { entities, links, facts, codeLists };
}

const siteOf = (id: string, key: string): Site => ({ file: 'entities.yaml', path: [{ name: id }, key] });

function linkOf(record: RuleEntity, entities: ReadonlyMap<string, Entity>, report: Report): readonly Link[] {
  if (record.kind === 'entity') return [];
  const { id, kind, of, name } = record;
  if (of === undefined || name === undefined) {
    report(siteOf(id, 'id'), problem('entity-incomplete', { id, key: of === undefined ? 'of' : 'name' }));
    return [];
  }
  const to = kind === 'relation' ? (record.to ?? of) : id;
  const lost = [of, to].find((end) => !entities.has(end));
  if (lost !== undefined) {
    report(siteOf(id, lost === of ? 'of' : 'to'), problem('entity-unknown', { id: lost }, nearest(lost, entities.keys())));
    return [];
  }
  return [{ id, kind, from: of, to, single: kind === 'grouping' || (kind === 'relation' && record.single === true) }];
}

function areasOf(pack: Pack): CodeList {
  const areas = [...pack.divisions.values()];
  return { id: AREAS, codes: areas.map((area) => area.id), labels: areas.map((area) => area.name.zh) };
}

/** The fact that says which item of a schedule some spells record. */
const doneFact = (spells: string): string => `${spells}.item`;

/** Of each kind of spells that say what was done, what they may say: `<schedule>/<item>`. */
function doneLists({ schedules }: Pack): readonly CodeList[] {
  const all = [...schedules.values()];
  return [...new Set(all.map(({ done }) => done))].map((spells) => {
    const codes = [...new Set(all.filter(({ done }) => done === spells).flatMap(({ id, editions }) => editions.flatMap(({ items }) => items.map((item) => `${id}/${item.id}`))))];
    return { id: doneFact(spells), codes, labels: codes };
  });
}

function columnOf(pack: Pack, fact: Fact, entities: ReadonlyMap<string, Entity>, links: ReadonlyMap<string, Link>, report: Report): FactColumn | undefined {
  const site = (key: string): Site => ({ file: 'facts.yaml', path: [{ name: fact.id }, key] });
  if (!entities.has(fact.entity)) {
    report(site('entity'), problem('entity-unknown', { id: fact.entity }, nearest(fact.entity, entities.keys())));
    return undefined;
  }
  const type = typeOf(pack, fact, (key, found) => { report(site(key), found); });
  if (!type) return undefined;
  const spells = links.get(fact.entity)?.kind === 'spells' ? fact.entity : undefined;
  const bound = spells !== undefined && (fact.id === `${spells}.from` || fact.id === `${spells}.until`);
  return { id: fact.id, name: fact.name, entity: fact.entity, type, unknowable: !bound, nonable: bound ? fact.id.endsWith('.until') : fact.absent === 'none' };
}

function typeOf(pack: Pack, fact: Fact, report: (key: string, problem: Problem) => void): ValueType | undefined {
  switch (fact.type) {
    case 'boolean': case 'text': return { kind: fact.type };
    case 'date': return { kind: 'date', min: FIRST_DATE, max: LAST_DATE };
    case 'code': {
      if (fact.areaBasis) return { kind: 'code', list: AREAS };
      if (fact.codes || isDoneFact(pack, fact)) return { kind: 'code', list: fact.id };
      report('type', problem('fact-codes-missing', { name: fact.name }));
      return undefined;
    }
    case 'integer': case 'decimal': case 'money': {
      const scale = fact.type === 'integer' ? 0 : (fact.scale ?? (fact.type === 'money' ? 2 : 0));
      if (!fact.range) report('type', problem('fact-range-missing', { name: fact.name }));
      if (!fact.range) return undefined;
      const bound = (end: Decimal): bigint | undefined => atScale({ units: BigInt(end.units), scale: end.scale }, scale);
      const [min, max] = [bound(fact.range.min), bound(fact.range.max)];
      if (min === undefined || max === undefined || min > max) {
        report('range', problem('fact-range-wrong', { name: fact.name, scale }));
        return undefined;
      }
      return { kind: 'number', scale, min, max, unit: factUnit(pack, fact.unit) };
    }
    default: return fact.type satisfies never;
  }
}

function isDoneFact({ schedules }: Pack, { id, entity }: Fact): boolean {
  return id === doneFact(entity) && [...schedules.values()].some(({ done }) => done === entity);
}

/** Spells are nothing without their two days. */
function checkSpells(link: Link, facts: ReadonlyMap<string, FactColumn>, report: Report): void {
  for (const end of [`${link.id}.from`, `${link.id}.until`]) {
    const fact = facts.get(end);
    if (fact?.entity !== link.id || fact.type.kind !== 'date') report(siteOf(link.id, 'id'), problem('spells-incomplete', { id: link.id, fact: end }));
  }
}
