import type { City } from '#engine/city.ts';
import { valueAt } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { cellOfStated, holderOf, statedOf } from '#engine/record/index.ts';
import type { FactName, OwnRows, Person, Stated } from '#engine/record/index.ts';
import { aboutOf } from '#engine/ports.ts';
import { rowsOf } from './facts.ts';

/** What the city holds of a fact now, and who answers for it. */
export interface HeldNow {
  readonly value: Stated | undefined;
  /** The holder, else whoever sent the value. */
  readonly department: string | undefined;
  /** Where the person lives, for those who share the work by county; empty where that is not known. */
  readonly county: string;
  readonly cellOf: (value: Stated) => number | undefined;
}

/**
 * What is held of a fact of a person: noted in the person's own case, by the person's own hand; what they are shown of it
 * goes through the door. Undefined where there is no such fact of theirs.
 */
export function heldNow(city: City, person: Person, { fact: id, no }: FactName): HeldNow | undefined {
  const { schema } = city.rules.vocabulary;
  const [snapshot, rows, fact] = [city.population?.snapshot, rowsOf(city, aboutOf(person)), schema.facts.get(id)];
  const row = fact && rows?.get(fact.entity)?.[no ?? 0];
  if (!snapshot || !rows || !fact || row === undefined) return undefined;
  return { value: statedOf(schema, fact, valueAt(snapshot, id, row)), department: answering(city, id, row), county: livesIn(city, snapshot, rows), cellOf: (value) => cellOfStated(schema, fact, value) };
}

function answering(city: City, fact: string, row: number): string | undefined {
  const from = city.standings()?.provenanceOf(fact, row)?.department;
  return holderOf(city.pack, fact) ?? (from !== undefined && city.pack.departments.has(from) ? from : undefined);
}

function livesIn(city: City, snapshot: Snapshot, rows: OwnRows): string {
  const { pack, vocabulary: { areas } } = city.rules;
  const subject = pack.plan.interview?.subject ?? 'person';
  const area = areas.get(`resident ${subject}`);
  const lives = area === undefined ? undefined : valueAt(snapshot, area, rows.get(subject)?.[0] ?? -1);
  return lives?.kind === 'known' ? countyOf(city, [...pack.divisions.keys()][Number(lives.value)]) : '';
}

function countyOf(city: City, area: string | undefined): string {
  const division = area === undefined ? undefined : city.pack.divisions.get(area);
  if (!division) return '';
  return division.kind === 'county' || division.kind === 'reporting-unit' ? division.id : countyOf(city, division.parent);
}

