import type { Pack, Parameter, Service } from '#engine/pack/index.ts';
import { FOR_EVER } from '../vocabulary/index.ts';
import { WHOLE } from '../report.ts';
import type { Ast, Cell, Parsed } from '../syntax/index.ts';
import type { Report, Vocabulary } from '../vocabulary/index.ts';
import type { Standard } from './clause.ts';
import { layersOf, usesOf, valuesOf } from './graph.ts';
import type { Uses } from './graph.ts';
import { openingText } from './group.ts';
import { clausesOf, endingsOf, scopeIds } from './rule.ts';

/** What the rules of a pack depend on. */
export interface PackUses {
  /** Definitions and services that ask themselves, or too long a chain of others. */
  readonly circular: ReadonlySet<string>;
  of(service: Service, standard: Standard): StandardUses;
}

interface StandardUses {
  readonly parameters: ReadonlySet<Parameter>;
  readonly services: ReadonlySet<string>;
  readonly daily: boolean;
}

interface Parse {
  rule(text: string): Parsed<Ast>;
  cell(text: string): Parsed<Cell>;
}

/** How many definitions may stand on one another. */
const LONGEST_CHAIN = 100;

/** Checks what does not depend on a day: circles, texts that do not parse, clauses, dates, lists; gives who uses what. */
export function checkPack(pack: Pack, vocabulary: Vocabulary, parse: Parse, report: Report): PackUses {
  const named = usesByName(pack, parse, report);
  const circular = new Set<string>();
  const layers = layersOf(new Map([...named].map(([name, uses]) => [name, uses.names])));
  for (const circle of layers.circles) {
    const [first = ''] = circle;
    circle.forEach((name) => circular.add(name));
    report({ file: 'definitions.yaml', path: [{ name: first }, 'is'] }, { code: 'definitions-circle', at: WHOLE, data: { circle: [...circle, first].join(' → ') } });
  }
  for (const [name, depth] of layers.depth) {
    if (depth !== LONGEST_CHAIN + 1) continue;
    circular.add(name);
    report({ file: 'definitions.yaml', path: [{ name }, 'is'] }, { code: 'definitions-chain', at: WHOLE, data: { limit: LONGEST_CHAIN } });
  }

  const closure = (uses: Uses): Uses => {
    const names = new Set<string>();
    const services = new Set(uses.services);
    let { daily } = uses;
    const open = [...uses.names];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (names.has(name)) continue;
      names.add(name);
      const inner = named.get(name);
      if (!inner) continue;
      open.push(...inner.names);
      inner.services.forEach((service) => services.add(service));
      daily ||= inner.daily;
    }
    return { names, services, daily };
  };
  const cache = new Map<Standard, StandardUses>();
  const seen = new Set<string>();
  const of = (service: Service, standard: Standard): StandardUses => {
    const found = cache.get(standard);
    if (found) return found;
    const texts = [...clausesOf(pack, service, standard).map((clause) => clause.text), standard.amount];
    const uses = closure(usesOf(asTrees(texts, parse)));
    uses.names.forEach((name) => seen.add(name));
    const parameters = new Set([...uses.names, ...comparedWith(pack, service).flatMap((text) => [...closure(usesOf(asTrees([text], parse))).names])].flatMap((name) => {
      const one = vocabulary.names.get(name);
      return one?.kind === 'parameter' ? [one.parameter] : [];
    }));
    const made: StandardUses = { parameters, services: new Set([...uses.services, ...stackedOn(pack, service)]), daily: uses.daily };
    cache.set(standard, made);
    return made;
  };

  for (const service of pack.services.values()) {
    checkService(pack, service, report);
    for (const standard of service.standard ?? []) of(service, standard);
  }
  const asks = new Map([...pack.services.values()].filter((one) => one.standard).map((service) => [service.id, (service.standard ?? []).flatMap((standard) => [...of(service, standard).services])]));
  for (const circle of layersOf(asks).circles) {
    const [first = ''] = circle;
    circle.forEach((id) => circular.add(id));
    report({ file: pack.services.get(first)?.place.file ?? '', path: ['standard'] }, { code: 'services-circle', at: WHOLE, data: { circle: [...circle, first].join(' → ') } });
  }
  unused(pack, seen, report);
  return { circular, of };
}

/** What each definition and table mentions; those that do not parse are reported here, once. */
function usesByName(pack: Pack, parse: Parse, report: Report): ReadonlyMap<string, Uses> {
  const definitions = pack.definitions.map(({ name, is, takes = [] }): readonly [string, Uses] => {
    const { value, problems } = parse.rule(is);
    for (const problem of problems) report({ file: 'definitions.yaml', path: [{ name }, 'is'] }, problem);
    const uses = usesOf(value ? [value] : []);
    return [name, { ...uses, names: new Set([...uses.names].filter((used) => !takes.includes(used))) }];
  });
  const tables = [...pack.tables.values()].map(({ name, rules }): readonly [string, Uses] => {
    const cells = rules.flatMap((rule) => rule.when).flatMap((text) => parse.cell(text).value ?? []);
    return [name, usesOf(cells.flatMap(({ tests }) => (tests === 'any' ? [] : tests.flatMap(valuesOf))))];
  });
  return new Map([...definitions, ...tables]);
}

function asTrees(texts: readonly (string | undefined)[], parse: Parse): readonly Ast[] {
  return texts.flatMap((text) => (text === undefined ? [] : (parse.rule(text).value ?? [])));
}

/** The rule texts of other services that `highest` looks into. */
function comparedWith(pack: Pack, service: Service): readonly (string | undefined)[] {
  const named = service.stacks?.insteadOf;
  const list = named && pack.precedence.get(named.list);
  if (list?.rule !== 'highest') return [];
  return list.services.flatMap((id) => pack.services.get(id)?.standard ?? []).flatMap((standard) => [...standard.conditions.map((one) => one.when), standard.amount]);
}

/** The services that the stacking of a service asks about; `highest` looks into their conditions instead. */
function stackedOn(pack: Pack, service: Service): readonly string[] {
  const named = service.stacks?.insteadOf;
  const list = named && pack.precedence.get(named.list);
  return list?.rule === 'first-wins' ? list.services.slice(0, Math.max(0, list.services.indexOf(service.id))) : [];
}

const OURS = /^(?:scope|amount|stacks\/.*)$/;

function checkService(pack: Pack, service: Service, report: Report): void {
  const file = service.place.file;
  for (const { key, id } of scopeIds(service)) {
    if (service.standard && !pack.scopes.has(id)) report({ file, path: ['scope', key] }, { code: 'scope-unknown', at: WHOLE, data: { id } });
  }
  const standards = service.standard ?? [];
  standards.forEach(({ openTo = [] }, index) => openTo.forEach((opening, at) => {
    if (openingText(pack, service.subject ?? 'person', opening) === undefined) report({ file, path: ['standard', index, 'openTo', at] }, { code: 'opening-unknown', at: WHOLE, data: { group: opening.group, subject: service.subject ?? 'person' } });
  }));
  standards.forEach((standard, index) => {
    const { from, until, conditions } = standard;
    const ours = new Set(endingsOf(pack, service, standard).map(({ clause }) => clause));
    const other = standards.slice(0, index).find((one) => one.from <= (until ?? FOR_EVER) && from <= (one.until ?? FOR_EVER));
    if (other) report({ file, path: ['standard', index, 'from'] }, { code: 'standards-overlap', at: WHOLE, data: { from, other: other.from } });
    conditions.forEach(({ id }, place) => {
      const taken = OURS.test(id) || ours.has(id) || conditions.slice(0, place).some((one) => one.id === id);
      if (taken) report({ file, path: ['standard', index, 'conditions', place, 'id'] }, { code: 'clause-taken', at: WHOLE, data: { id } });
    });
  });
}

/** Definitions and tables that no standard reaches, and values that no standard reads and no service tells: perhaps a rule was forgotten. */
function unused(pack: Pack, seen: ReadonlySet<string>, report: Report): void {
  for (const { name } of pack.definitions) if (!seen.has(name)) report({ file: 'definitions.yaml', path: [{ name }, 'name'] }, { code: 'definition-unused', at: WHOLE, data: { name }, severity: 'warning' });
  for (const { name, place } of pack.tables.values()) if (!seen.has(name)) report({ file: place.file, path: ['name'] }, { code: 'table-unused', at: WHOLE, data: { name }, severity: 'warning' });
  const told = new Set([...pack.services.values()].flatMap(({ standard, figures = [] }) => (standard ? figures : [])));
  for (const { id, name, place } of pack.parameters.values()) if (!seen.has(name) && !told.has(id)) report({ file: place.file, path: ['name'] }, { code: 'parameter-unused', at: WHOLE, data: { name }, severity: 'warning' });
}
