import type { CalendarDate } from '#engine/kernel/index.ts';
import { encodingOf } from '#engine/population/index.ts';
import { dayNumber, LANE } from '#engine/rules/index.ts';
import type { Schema } from '#engine/rules/index.ts';
import type { Correction } from '#engine/population/index.ts';
import type { Dispute, FactDeclared } from './dispute.ts';
import type { OwnRows } from './rows.ts';
import { cellOfStated } from './stated.ts';
import type { Stated } from './stated.ts';

/** Where what somebody has said stands. */
export interface StatedPlace {
  readonly schema: Schema;
  readonly rows: OwnRows;
}

/**
 * What a dispute has added beside the release: that it is disputed since it was sent, and what its holder has answered.
 * A fact that is no longer there, or a value that is none of it any more, adds nothing. The same dispute gives the same
 * corrections, so that what is missing can be told from what is there.
 */
export function correctionsOf(dispute: Dispute, place: StatedPlace): readonly Correction[] {
  const { sent, answer, value } = dispute;
  if (!sent || !value) return [];
  const said = correctionOf(dispute, value, { from: sent.on, on: sent.on, at: sent.at, source: 'dispute', by: 'resident' }, place);
  // Where nothing was held, a refusal confirms that nothing is.
  const answered = answer ? correctionOf(dispute, answer.value, { from: answer.from, on: answer.on, at: answer.at, source: 'holder', by: answer.department }, place) : [];
  return [...said, ...answered];
}

/** What a declaration adds beside the release; where a department has found it not to be so, that nothing is known from then on as before. */
export function correctionsOfDeclared(declared: FactDeclared, place: StatedPlace): readonly Correction[] {
  const { on, at, refuted } = declared;
  const found = refuted ? correctionOf(declared, null, { from: on, on, at: refuted.at, source: 'holder', by: refuted.department }, place) : [];
  return [...correctionOf(declared, declared.value, { from: on, on, at, source: 'self-declared', by: 'resident' }, place), ...found];
}

interface Said extends Pick<Correction, 'source' | 'by'> {
  readonly from: CalendarDate;
  readonly on: CalendarDate;
  readonly at: string;
}

function correctionOf({ fact: id, no }: Pick<Dispute, 'fact' | 'no'>, value: Stated | null, { from, on, at, source, by }: Said, { schema, rows }: StatedPlace): readonly Correction[] {
  const fact = schema.facts.get(id);
  const row = fact && rows.get(fact.entity)?.[no ?? 0];
  const lane = fact && encodingOf(schema, fact)?.lane;
  const cell = fact && lane && (value === null ? LANE[lane].unknown : cellOfStated(schema, fact, value));
  return fact && row !== undefined && cell !== undefined ? [{ entity: fact.entity, row, fact: id, value: cell, validFrom: dayNumber(from), observedOn: dayNumber(on), knownAt: at, source, by }] : [];
}

/** Those of some corrections that have not been added yet. */
export function missingIn(added: readonly Correction[], wanted: readonly Correction[]): readonly Correction[] {
  const nameOf = ({ fact, row, source, knownAt }: Correction): string => `${fact} ${row} ${source} ${knownAt}`;
  const known = new Set(added.map(nameOf));
  return wanted.filter((one) => !known.has(nameOf(one)));
}
