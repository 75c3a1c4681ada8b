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
  /** SQL over the cell: the number, or a text that says what is wrong; exactly one of the two is not NULL. */
  readonly value: string;
  readonly fault: string;
}

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

/** SQL over the cell: the day as yyyymmdd, NULL where it is empty; and what is wrong with it. */
export interface FeedDay {
  readonly of: 'observed' | 'valid';
  readonly column: string;
  readonly value: string;
  readonly fault: string;
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
/** A heading as it is read from the file: text with nothing around it; NULL where it is empty. Everything below reads such cells. */
export const trimmed = (heading: string): string => `nullif(trim(CAST(${quoted(heading)} AS VARCHAR)), '') AS ${quoted(heading)}`;

function dayOf(of: FeedDay['of'], column: string | undefined): readonly FeedDay[] {
  if (column === undefined) return [];
  const day = `TRY_CAST(${quoted(column)} AS DATE)`;
  return [{ of, column, value: `(year(${day}) * 10000 + month(${day}) * 100 + day(${day}))`, fault: `CASE WHEN ${quoted(column)} IS NOT NULL AND ${day} IS NULL THEN 'not-a-date' END` }];
}

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
  const cell = quoted(column.column);
  const { parsed, fault } = parsedSql(fact, column, cell, list?.codes ?? []);
  const absent = absentValue(pack, fact, lane);
  const mark = feed.unknownMark === undefined ? '' : `WHEN ${cell} = ${literal(feed.unknownMark)} THEN ${LANE[lane].unknown}`;
  const known = feed.unknownMark === undefined ? `${cell} IS NOT NULL` : `${cell} IS NOT NULL AND ${cell} <> ${literal(feed.unknownMark)}`;
  // When a spell began and ended is never unknown: a row that does not say it is none.
  const must = fact.unknowable ? '' : ` ELSE CASE WHEN ${cell} IS NOT NULL OR ${String(!fact.nonable)} THEN 'not-a-date' END`;
  return { column: column.column, fact, lane, value: `CASE WHEN ${cell} IS NULL THEN ${absent} ${mark} ELSE ${parsed} END`, fault: `CASE WHEN ${known} THEN ${fault}${must} END` };
}

/** What an empty cell of a complete record means. */
function absentValue(pack: Pack, fact: FactColumn, lane: Lane): number {
  const absent = pack.facts.get(fact.id)?.absent ?? 'false';
  return absent === 'none' ? LANE[lane].none : absent === 'false' && fact.type.kind === 'boolean' ? 0 : LANE[lane].unknown;
}

/** A cell as a number, NULL where it is none, and why. */
function parsedSql(fact: FactColumn, { codes, date = 'yyyy-mm-dd' }: Feed['columns'][number], cell: string, list: readonly string[]): { readonly parsed: string; readonly fault: string } {
  const { type } = fact;
  switch (type.kind) {
    case 'boolean': {
      const words = codes ? Object.entries(codes).map(([said, code]) => [said, code === 'true' ? 1 : 0] as const) : ([['1', 1], ['0', 0], ['true', 1], ['false', 0]] as const);
      const parsed = lookup(cell, words);
      return { parsed, fault: `CASE WHEN ${parsed} IS NULL THEN 'bad-code' END` };
    }
    case 'code': {
      const parsed = lookup(cell, codes ? Object.entries(codes).map(([said, code]) => [said, list.indexOf(code)] as const) : list.map((code, at) => [code, at] as const));
      return { parsed, fault: `CASE WHEN ${parsed} IS NULL THEN 'bad-code' END` };
    }
    case 'date': {
      const text = date === 'yyyy-mm-dd' ? cell : date === 'yyyy/mm/dd' ? `replace(${cell}, '/', '-')` : `(substr(${cell}, 1, 4) || '-' || substr(${cell}, 5, 2) || '-' || substr(${cell}, 7))`;
      const day = `TRY_CAST(${text} AS DATE)`;
      const parsed = `(year(${day}) * 10000 + month(${day}) * 100 + day(${day}))`;
      return { parsed, fault: `CASE WHEN ${day} IS NULL THEN 'not-a-date' WHEN ${parsed} < ${type.min} OR ${parsed} > ${type.max} THEN 'out-of-range' END` };
    }
    case 'number': {
      const pattern = type.scale === 0 ? '-?[0-9]{1,15}' : `-?[0-9]{1,15}([.][0-9]{1,${type.scale}}0*)?`;
      const parsed = `CAST(TRY_CAST(${cell} AS DECIMAL(${15 + type.scale}, ${type.scale})) * ${10n ** BigInt(type.scale)} AS BIGINT)`;
      return { parsed, fault: `CASE WHEN NOT regexp_full_match(${cell}, '${pattern}') THEN 'wrong-kind' WHEN ${parsed} NOT BETWEEN ${type.min} AND ${type.max} THEN 'out-of-range' END` };
    }
    case 'text': return { parsed: 'NULL', fault: "'wrong-kind'" };
    default: return type satisfies never;
  }
}

/** More words than this are looked up by their hash, not one after the other. */
const FEW_WORDS = 6;

function lookup(cell: string, words: readonly (readonly [said: string, value: number])[]): string {
  if (words.length > FEW_WORDS) return `list_extract([${words.map(([, value]) => value).join(', ')}], enum_code(TRY_CAST(${cell} AS ENUM(${words.map(([said]) => literal(said)).join(', ')}))) + 1)`;
  return `CASE ${cell} ${words.map(([said, value]) => `WHEN ${literal(said)} THEN ${value}`).join(' ')} END`;
}
