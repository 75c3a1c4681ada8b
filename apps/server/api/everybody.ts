import type { z } from 'zod';
import type { City } from '#engine/city.ts';
import { shownChangeList, shownConsequence, shownEffect, shownFlows, shownScope, shownStacking, shownTakeUp, takeUpPlaces } from '#engine/entitlement/index.ts';
import { parseDecimal } from '#engine/kernel/index.ts';
import type { Reform, Service } from '#engine/pack/index.ts';
import type * as reply from './everybody-schemas.ts';

/* What the city says of everybody as replies of the API. Where nobody is loaded, `people` is null and there are no numbers. */

type Of<Schema extends z.ZodType> = z.input<Schema>;
type People = Of<typeof reply.stackingReply>['people'];

/** Whose numbers they are; it asks for the baseline, which takes a moment the first time. */
function peopleOf(city: City): People {
  const { population } = city;
  return city.baseline() && population ? { count: population.people, kind: population.kind, standsFor: population.standsFor } : null;
}

function groupName({ pack }: City, id: 'standing' | 'place', group: string | null): { readonly zh: string; readonly en: string } | null {
  return pack.breakdowns.get(id)?.groups.find((one) => one.id === group)?.label ?? null;
}

export function presentScope(city: City, service: Service): Of<typeof reply.scopeReply> {
  const board = city.scopeBoard();
  const row = board?.rows.find((one) => one.service === service.id);
  const shown = board && row && shownScope(board, row);
  const named = (cells: NonNullable<typeof shown>['groups']): Of<typeof reply.scopeReply.shape.board.def.innerType.shape.groups> => cells.map((cell) => ({ ...cell, name: groupName(city, 'standing', cell.group) }));
  return {
    id: service.id, domain: service.domain, name: service.name, for: service.for, people: peopleOf(city),
    board: row && shown ? { subject: row.subject, cycle: row.cycle ?? null, paysMoney: row.paysMoney, leftOut: shown.leftOut, leftOutFen: shown.leftOutFen, groups: named(shown.groups), counties: shown.counties.map(({ county, groups }) => ({ county, groups: named(groups) })) } : null,
  };
}

/** Undefined where there is no such service, group or area, or the group cannot be let in. */
export function presentOpening(city: City, { service = '', group = '', area }: Readonly<Record<string, string>>): Of<typeof reply.simulationReply> | undefined {
  const { pack } = city;
  const people = peopleOf(city);
  if (!people) return { people, isHidden: false, movedFen: 0, services: [] };
  const isThere = pack.services.has(service) && pack.breakdowns.get('standing')?.groups.some(({ id }) => id === group) === true && (area === undefined || pack.divisions.has(area));
  if (!isThere) return undefined;
  const reform = city.opening({ service, group, area });
  return reform === 'few' ? { people, isHidden: true, movedFen: 0, services: [] } : presentReform(city, reform);
}

/** A value of a parameter from today on; undefined where there is no such parameter, area or number. */
export function presentSimulation(city: City, { parameter = '', area = '', value = '' }: Readonly<Record<string, string>>): Of<typeof reply.simulationReply> | undefined {
  const { pack, today } = city;
  if (!peopleOf(city)) return { people: null, isHidden: false, movedFen: 0, services: [] };
  const figure = parseDecimal(value);
  if (!figure || !pack.parameters.has(parameter) || !pack.divisions.has(area)) return undefined;
  return presentReform(city, { name: { zh: parameter, en: parameter }, parameters: [{ parameter, area, from: today, value: figure }], standards: [], openings: [], payers: [] });
}

function presentReform(city: City, reform: Reform): Of<typeof reply.simulationReply> | undefined {
  const found = city.simulate(reform);
  if (found?.kind !== 'simulated') return undefined;
  const consequences = new Map(city.consequences(reform)?.map((one) => [one.service, one]));
  const shown = found.effects.flatMap((effect) => { const consequence = consequences.get(effect.service); return consequence ? [{ effect: shownEffect(effect, consequence), ...shownConsequence(consequence) }] : []; });
  return {
    people: peopleOf(city), isHidden: false, movedFen: shownChangeList(found.changes, [], shown.map(({ effect }) => effect)).movedFen,
    services: shown.map(({ effect, error, near, cliffs }) => ({
      ...effect, near: [...near], cliffs, error: error.kind === 'band' ? { ...error, totals: [...error.totals] } : error, cycle: effect.cycle ?? null,
      payers: effect.payers.map((one) => ({ ...one, county: one.county ?? null })), counties: effect.counties.map((one) => ({ ...one, county: one.county ?? null })),
      places: [...effect.places], incomes: [...effect.incomes],
    })),
  };
}

export function presentFlows(city: City): Of<typeof reply.flowsReply> {
  const [flows, baseline] = [city.flows(), city.baseline()];
  return { people: peopleOf(city), counties: [...baseline?.places.counties ?? []], today: mutable(flows?.today.map(shownFlows)), opened: mutable(flows?.opened.map(shownFlows)) };
}

function mutable(flows: readonly ReturnType<typeof shownFlows>[] = []): Of<typeof reply.flowsReply>['today'] {
  return flows.map((one) => ({ ...one, services: [...one.services], gross: one.gross.map((row) => [...row]), net: one.net.map((row) => [...row]), balances: [...one.balances], fromOutsideFen: [...one.fromOutsideFen], toOutsideFen: [...one.toOutsideFen] }));
}

/** Undefined where there is no such service. */
export function presentTakeUp(city: City, service: string): Of<typeof reply.takeUpReply> | undefined {
  const [people, baseline] = [peopleOf(city), city.baseline()];
  if (!people || !baseline) return { people, service, takeUp: null };
  if (!city.pack.services.has(service)) return undefined;
  const found = city.takeUp(service);
  if (!found) return { people, service, takeUp: null };
  const { counties, groups } = takeUpPlaces(baseline);
  const { entitled, drawn, notDrawn, undue, near } = shownTakeUp(found);
  return {
    people, service,
    takeUp: {
      subject: found.subject, isRecorded: found.isRecorded, counties: counties.map((one) => one ?? null), groups: groups.map((group) => ({ group: group ?? null, name: groupName(city, 'place', group ?? null) })),
      entitled: copied(entitled), drawn: found.isRecorded ? copied(drawn) : null, notDrawn: found.isRecorded ? copied(notDrawn) : null, undue: found.isRecorded ? copied(undue) : null, near: copied(near),
    },
  };
}

function copied({ cells, byRow, byColumn, all }: ReturnType<typeof shownTakeUp>['near']): { cells: (number | null)[][]; byRow: (number | null)[]; byColumn: (number | null)[]; all: number | null } {
  return { cells: cells.map((row) => [...row]), byRow: [...byRow], byColumn: [...byColumn], all };
}

export function presentStacking(city: City): Of<typeof reply.stackingReply> {
  return {
    people: peopleOf(city),
    lists: (city.stacking() ?? []).map(shownStacking).map((one) => ({ ...one, name: city.pack.precedence.get(one.list)?.name ?? { zh: one.list, en: one.list }, places: [...one.places], pairs: [...one.pairs] })),
  };
}

export function presentResiduals(city: City): Of<typeof reply.residualsReply> {
  return { people: peopleOf(city), totals: (city.population?.residuals ?? []).map(({ id, name, kind, published, wanted, drawn, residual, year, source, heldOut }) => ({ id, name, kind, published, wanted, drawn, residual: residual ?? null, year, source, heldOut })) };
}
