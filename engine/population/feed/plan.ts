import type { Feed, Pack } from '#engine/pack/index.ts';
import { toNumber } from '#engine/kernel/index.ts';
import { LANE, laneOf } from '#engine/rules/index.ts';
import type { FactColumn, Lane, Schema } from '#engine/rules/index.ts';
import { citizenIdFaultSql } from './citizen-id.ts';
import { creditCodeFaultSql } from './credit-code.ts';

/** One column of a feed that gives a fact: how a cell of text becomes the number in the fact's column. */
export interface FeedColumn {
  readonly column: string;
  readonly fact: FactColumn;
  readonly lane: Lane;
  readonly cell: ReadCell;
}

/**
 * SQL over a cell: the number, or a text that says what is wrong (`fault`). Of a fact exactly one of the two is NULL: where there
 * is a number nobody has to ask what is wrong. Of a day both are where the cell is empty.
 *
 * `day`, SQL over the cell as well, is what `DAY` stands for in them, so that a day is read once.
 */
export interface ReadCell {
  readonly day?: string | undefined;
  readonly value: string;
  readonly fault: string;
}

/** Stands for the day that was read from a cell; no heading is called so. */
export const DAY = '"\u0001day"';

/** A feed of a pack ready to be read. Every name that comes from a pack is quoted; no value ever is part of it. */
export interface FeedPlan {
  readonly feed: Feed;
  /** The headings that must be there. */
  readonly headings: readonly string[];
  readonly columns: readonly FeedColumn[];
  /** SQL faults of columns that are only checked. */
  readonly checks: readonly FeedCheck[];
  /** Columns that say when each row was seen to be so and from when it holds. */
  readonly days: readonly FeedDay[];
  /** Share of bad rows, from 0 to 1, beyond which the feed is refused. */
  readonly damageLimit: number;
}

/** A column whose cells have a check digit. */
export interface FeedCheck {
  readonly of: NonNullable<Feed['columns'][number]['check']>;
  readonly column: string;
  /** SQL over the cell: what is wrong with it. */
  readonly fault: string;
}

/** A column of days, as yyyymmdd. */
export interface FeedDay {
  readonly of: 'observed' | 'valid';
  readonly column: string;
  readonly cell: ReadCell;
}

/** What is wrong with a mapping: it is no mapping of this pack. */
export type FeedProblem = { readonly kind: 'fact-unknown' | 'fact-of-another-thing' | 'fact-is-text' | 'entity-unknown' | 'link-unknown' | 'owner-wrong' | 'code-unknown'; readonly name: string };

export function feedPlan(pack: Pack, schema: Schema, feed: Feed): FeedPlan | { readonly problems: readonly FeedProblem[] } {
  const problems = [...misjoined(schema, feed)];
  const columns: FeedColumn[] = [];
  const checks: FeedCheck[] = [];
  for (const column of feed.columns) {
    if (column.check) checks.push({ of: column.check, column: column.column, fault: FAULT_SQL[column.check](quoted(column.column), feed.synthetic) });
    if (column.fact === undefined) continue;
    const made = columnOf(pack, schema, feed, column);
    if ('kind' in made) problems.push(made);
    else columns.push(made);
  }
  if (problems.length > 0) return { problems };
  const headings = [feed.key, feed.owner, ...Object.values(feed.groups ?? {}), ...Object.values(feed.relations ?? {}), ...feed.columns.map(({ column }) => column), feed.observedOn, feed.validFrom].filter((heading) => heading !== undefined);
  return { feed, columns, checks, days: [...dayOf('observed', feed.observedOn), ...dayOf('valid', feed.validFrom)], headings: [...new Set(headings)], damageLimit: toNumber(feed.damageLimit) / 100 };
}

const FAULT_SQL = { 'citizen-id': citizenIdFaultSql, 'credit-code': creditCodeFaultSql } as const satisfies Record<FeedCheck['of'], (text: string, synthetic: boolean) => string>;

/** What is wrong with what its rows are, and how they are joined. */
function* misjoined({ entities, links }: Schema, { entity, groups = {}, relations = {}, owner }: Feed): Generator<FeedProblem> {
  if (!entities.has(entity)) yield { kind: 'entity-unknown', name: entity };
  for (const link of [...Object.keys(groups), ...Object.keys(relations)]) if (links.get(link)?.from !== entity) yield { kind: 'link-unknown', name: link };
  if ((links.get(entity)?.kind === 'spells') !== (owner !== undefined)) yield { kind: 'owner-wrong', name: owner ?? entity };
}

/** A name as SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A text as SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A heading as it is read from the file: text with nothing around it, NULL where it is empty; and the same as a word, where it stays an empty text. Everything below reads such cells. */
export const trimmed = (heading: string): string => `nullif(trim(CAST(${quoted(heading)} AS VARCHAR)), '') AS ${quoted(heading)}, trim(CAST(${quoted(heading)} AS VARCHAR)) AS ${wordOf(heading)}`;
const wordOf = (heading: string): string => quoted(`\u0001word ${heading}`);

function dayOf(of: FeedDay['of'], column: string | undefined): readonly FeedDay[] {
  if (column === undefined) return [];
  const cell = quoted(column);
  return [{ of, column, cell: { day: `TRY_CAST(${cell} AS DATE)`, value: DAY_NUMBER, fault: `CASE WHEN ${cell} IS NOT NULL AND ${DAY} IS NULL THEN 'not-a-date' END` } }];
}

const DAY_NUMBER = `(year(${DAY}) * 10000 + month(${DAY}) * 100 + day(${DAY}))`;

function columnOf(pack: Pack, schema: Schema, feed: Feed, column: Feed['columns'][number]): FeedColumn | FeedProblem {
  const name = column.fact ?? '';
  const fact = schema.facts.get(name) ?? [...schema.facts.values()].find((one) => one.name === name);
  if (!fact) return { kind: 'fact-unknown', name };
  if (fact.entity !== feed.entity) return { kind: 'fact-of-another-thing', name };
  const list = fact.type.kind === 'code' ? schema.codeLists.get(fact.type.list) : undefined;
  const lane = laneOf(fact.type, list?.codes.length ?? 0);
  if (!lane) return { kind: 'fact-is-text', name };
  const strange = Object.values(column.codes ?? {}).find((code) => (list ? !list.codes.includes(code) : code !== 'true' && code !== 'false'));
  if (strange !== undefined) return { kind: 'code-unknown', name: strange };
  const words = wordsOf(fact, column, list?.codes ?? []);
  const empty = emptyCell(pack, fact, lane);
  return { column: column.column, fact, lane, cell: words ? lookedUp(feed, wordOf(column.column), words, empty) : measured(feed, fact, column, empty) };
}

/** What a cell gives that is empty, and one that says it is not known; undefined where it may not be so. */
interface EmptyCell {
  readonly absent: number | undefined;
  readonly unknown: number | undefined;
}

/** When a spell began and ended is never unknown: a row that does not say it is none. */
function emptyCell(pack: Pack, fact: FactColumn, lane: Lane): EmptyCell {
  return { absent: fact.unknowable || fact.nonable ? absentValue(pack, fact, lane) : undefined, unknown: fact.unknowable ? LANE[lane].unknown : undefined };
}

/** A cell with a day or a number. */
function measured({ unknownMark }: Feed, fact: FactColumn, column: Feed['columns'][number], { absent, unknown }: EmptyCell): ReadCell {
  const cell = quoted(column.column);
  const { day, parsed, fault } = parsedSql(fact, column, cell);
  const mark = unknownMark === undefined ? '' : `WHEN ${cell} = ${literal(unknownMark)} THEN ${unknown ?? 'NULL'}`;
  const known = unknownMark === undefined ? `${cell} IS NOT NULL` : `${cell} IS NOT NULL AND ${cell} <> ${literal(unknownMark)}`;
  const must = fact.unknowable ? '' : ` ELSE CASE WHEN ${cell} IS NOT NULL OR ${String(!fact.nonable)} THEN 'not-a-date' END`;
  return { day, value: `CASE WHEN ${cell} IS NULL THEN ${absent ?? 'NULL'} ${mark} ELSE ${parsed} END`, fault: `CASE WHEN ${known} THEN ${fault}${must} END` };
}

/** The words of a column and the number of each; undefined where it has no words. */
function wordsOf({ type }: FactColumn, { codes }: Feed['columns'][number], list: readonly string[]): ReadonlyMap<string, number> | undefined {
  if (type.kind === 'code') return new Map(codes ? Object.entries(codes).map(([said, code]) => [said, list.indexOf(code)]) : list.map((code, at) => [code, at]));
  if (type.kind === 'boolean') return new Map(codes ? Object.entries(codes).map(([said, code]) => [said, code === 'true' ? 1 : 0]) : [['1', 1], ['0', 0], ['true', 1], ['false', 0]]);
  return undefined;
}

/** A cell that is one of some words. Columns of words come as dictionaries: what is one function of one column is worked out once for each word, and not for each row. */
function lookedUp({ unknownMark }: Feed, word: string, words: ReadonlyMap<string, number>, { absent, unknown }: EmptyCell): ReadCell {
  const numbers = new Map<string, number | undefined>([...words, ...(unknownMark === undefined ? [] : [[unknownMark, unknown] as const]), ['', absent]]);
  const told = [...numbers].flatMap(([said, number]) => (number === undefined ? [] : [`${literal(said)}: ${number}`]));
  const value = `CASE WHEN ${word} IS NULL THEN ${absent ?? 'NULL'} ELSE MAP {${told.join(', ')}}[${word}] END`;
  return { value, fault: `CASE WHEN (${value}) IS NULL THEN 'bad-code' END` };
}

/** What an empty cell of a complete record means. */
function absentValue(pack: Pack, fact: FactColumn, lane: Lane): number {
  const absent = pack.facts.get(fact.id)?.absent ?? 'false';
  return absent === 'none' ? LANE[lane].none : absent === 'false' && fact.type.kind === 'boolean' ? 0 : LANE[lane].unknown;
}

/** A cell as a number, NULL where it is none, and why. */
function parsedSql({ type }: FactColumn, { date = 'yyyy-mm-dd' }: Feed['columns'][number], cell: string): { readonly day?: string; readonly parsed: string; readonly fault: string } {
  switch (type.kind) {
    case 'date': {
      const text = date === 'yyyy-mm-dd' ? cell : date === 'yyyy/mm/dd' ? `replace(${cell}, '/', '-')` : `(substr(${cell}, 1, 4) || '-' || substr(${cell}, 5, 2) || '-' || substr(${cell}, 7))`;
      const inRange = `${DAY_NUMBER} BETWEEN ${type.min} AND ${type.max}`;
      return { day: `TRY_CAST(${text} AS DATE)`, parsed: `CASE WHEN ${inRange} THEN ${DAY_NUMBER} END`, fault: `CASE WHEN ${DAY} IS NULL THEN 'not-a-date' WHEN NOT (${inRange}) THEN 'out-of-range' END` };
    }
    case 'number': {
      const pattern = type.scale === 0 ? '-?[0-9]{1,15}' : `-?[0-9]{1,15}([.][0-9]{1,${type.scale}}0*)?`;
      // Wider decimals do not fit a machine word and are read far more slowly; a number that does not fit is NULL, and out of range.
      const number = `CAST(TRY_CAST(${cell} AS DECIMAL(${Math.min(18, 15 + type.scale)}, ${type.scale})) * ${10n ** BigInt(type.scale)} AS BIGINT)`;
      const [isNumber, inRange] = [`regexp_full_match(${cell}, '${pattern}')`, `coalesce(${number} BETWEEN ${type.min} AND ${type.max}, false)`];
      return { parsed: `CASE WHEN ${isNumber} AND ${inRange} THEN ${number} END`, fault: `CASE WHEN NOT ${isNumber} THEN 'wrong-kind' WHEN NOT (${inRange}) THEN 'out-of-range' END` };
    }
    case 'boolean': case 'code': case 'text': return { parsed: 'NULL', fault: "'wrong-kind'" };
    default: return type satisfies never;
  }
}
