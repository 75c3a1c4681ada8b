import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawCity, literal, quoted, saidBy, senderOf, syntheticCreditCodeSql, syntheticIdSql, TotalCounter } from '#engine/population/index.ts';
import type { Block, FeedPlan, Residual, SentBlock, Sender } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Column, sql } from '#engine/rules/index.ts';
import { ParquetWriter } from '../parquet/write.ts';
import type { ParquetColumn, Values } from '../parquet/write.ts';
import type { SyntheticOrder } from '../release.ts';
import { textSql } from './text.ts';

/** In a drawn feed that is no register, of so many rows one is sent twice, one speaks of nobody and one says a day that is none. */
const MISTAKE_IN = 2_000;
/** A household has fewer people than this, so nobody is related to more inside it. */
const MOST_RELATED = 8;

/** Draws a city as the files that departments would send: text in Parquet, one file a feed of the pack that is declared synthetic. */
export async function writeFeeds(session: sql.Session, folder: string, { model, schema, progress, people, seed, on }: SyntheticOrder): Promise<{ readonly residuals: readonly Residual[]; readonly files: readonly string[] }> {
  mkdirSync(folder, { recursive: true });
  const sender = senderOf(model, schema, { seed, on });
  const plans = sender.plans.map((plan) => ({ plan, raw: join(folder, `${plan.feed.id}.raw`), out: join(folder, `${plan.feed.id}.parquet`) }));
  const totals = new TotalCounter(model);
  const writers = plans.map(({ plan, raw }) => new ParquetWriter(raw, numberColumns(plan)));
  const rows = new Map<string, number>();
  for (const block of drawCity(model, schema, { people, seed, on })) {
    totals.add(block);
    const related = block.rows.has(block.plan.sheet.person) ? block.joins.of(block.plan.given.role, block.sizes) : new Map<string, { counts: Int32Array; targets: readonly number[]; lost: Int8Array }>();
    const sent = sender.block(block);
    plans.forEach(({ plan }, at) => {
      const count = block.rows.get(plan.feed.entity);
      if (count !== undefined && count > 0) writers[at]?.group(count, numbersOf(sender, plan, { block, sent }, rows, related));
    });
    for (const [entity, count] of block.rows) rows.set(entity, (rows.get(entity) ?? 0) + count);
    progress?.(rows.get(block.plan.sheet.person) ?? 0);
  }
  for (const writer of writers) writer.close();
  for (const { plan, raw, out } of plans) {
    await session.run(`COPY (${textQuery(schema, plan, raw)}) TO ${literal(`${out}.draft`)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`);
    renameSync(`${out}.draft`, out);
    rmSync(raw);
  }
  return { residuals: totals.residuals(), files: plans.map(({ out }) => out) };
}

const groupsOf = ({ feed }: FeedPlan): readonly string[] => Object.keys(feed.groups ?? {});
const relationsOf = ({ feed }: FeedPlan): readonly string[] => Object.keys(feed.relations ?? {});

function numberColumns(plan: FeedPlan): readonly ParquetColumn[] {
  return [
    { name: 'row', type: 'int32' },
    ...(plan.feed.owner === undefined ? [] : [{ name: 'owner', type: 'int32' } satisfies ParquetColumn]),
    ...groupsOf(plan).map((_, at): ParquetColumn => ({ name: `g${at}`, type: 'int32' })),
    ...relationsOf(plan).flatMap((_, at) => Array.from({ length: MOST_RELATED }, (__, place): ParquetColumn => ({ name: `r${at}_${place}`, type: 'int32' }))),
    ...plan.days.map(({ of }): ParquetColumn => ({ name: of, type: 'int32' })),
    ...plan.columns.map(({ lane }, at): ParquetColumn => ({ name: `v${at}`, type: lane === 'float64' ? 'int64' : 'int32' })),
  ];
}

const LOST = -2;
const NOBODY = -1;

/** The numbers of a block for one feed, in the order of `numberColumns`. */
function numbersOf({ givers }: Sender, plan: FeedPlan, { block, sent }: { readonly block: Block; readonly sent: SentBlock }, before: ReadonlyMap<string, number>, related: ReadonlyMap<string, { readonly counts: Int32Array; readonly targets: readonly number[]; readonly lost: Int8Array }>): (column: number) => Values {
  const { sheet } = block.plan;
  const { entity } = plan.feed;
  const count = block.rows.get(entity) ?? 0;
  const first = before.get(entity) ?? 0;
  const groups = groupsOf(plan).map((link): Int32Array => {
    const to = sheet.schema.links.get(link)?.to ?? '';
    const of = block.groups.get(link) ?? sheet.ways.groupOf.get(to) ?? new Int32Array(count).fill(NOBODY);
    return of.map((group) => (group < 0 ? NOBODY : group + (before.get(to) ?? 0)));
  });
  const relations = relationsOf(plan).flatMap((link) => places(related.get(link), count, first));
  const days = plan.days.map(({ of }) => sent.days.get(plan.feed.id)?.[of === 'observed' ? 'observedOn' : 'validFrom'] ?? new Int32Array(count));
  const owners = plan.feed.owner === undefined ? [] : [ownersOf(block.spells.get(entity) ?? new Int32Array(), count, before.get(sheet.person) ?? 0)];
  const arrays = [Int32Array.from({ length: count }, (_, row) => row + first), ...owners, ...groups, ...relations, ...days];
  return (column) => {
    const array = arrays[column];
    if (array) return { present: undefined, values: array };
    const mapped = plan.columns[column - arrays.length];
    if (!mapped) throw new RangeError('a feed has no such column');
    const { fact, lane } = mapped;
    const [drawn, by] = [block.columns.get(fact.id), sent.by.get(fact.id)];
    const giver = givers.get(fact.id)?.indexOf(plan) ?? 0;
    const codes = fact.type.kind === 'code' ? (sheet.schema.codeLists.get(fact.type.list)?.codes.length ?? 0) : 0;
    const said = drawn && by ? drawn.map((value, row) => saidBy(fact, lane, codes, giver, by[row] ?? 0, value)) : drawn;
    return { present: undefined, values: wide(said, lane === 'float64', count, LANE[lane].unknown) };
  };
}

function wide(column: Column | undefined, long: boolean, count: number, unknown: number): Int32Array | BigInt64Array {
  if (!long) return column ? Int32Array.from(column) : new Int32Array(count).fill(unknown);
  return column ? BigInt64Array.from(column, BigInt) : new BigInt64Array(count).fill(BigInt(unknown));
}

/** Whose each spell is. */
function ownersOf(counts: Int32Array, spells: number, first: number): Int32Array {
  const owners = new Int32Array(spells);
  let at = 0;
  for (const [person, count] of counts.entries()) {
    owners.fill(person + first, at, at + count);
    at += count;
  }
  return owners;
}

/** Whom everybody is related to, place by place. */
function places(relation: { readonly counts: Int32Array; readonly targets: readonly number[]; readonly lost: Int8Array } | undefined, count: number, first: number): readonly Int32Array[] {
  const arrays = Array.from({ length: MOST_RELATED }, () => new Int32Array(count).fill(NOBODY));
  let at = 0;
  for (let row = 0; row < count; row++) {
    if (!relation || relation.lost[row] === 1) arrays[0]?.fill(LOST, row, row + 1);
    for (let place = 0; place < (relation?.counts[row] ?? 0); place++, at++) {
      const target = relation?.targets[at];
      if (target !== undefined) arrays[place]?.fill(target + first, row, row + 1);
    }
  }
  return arrays;
}

/** A letter and nine digits: an id that says nothing. */
const idSql = (kind: string, number: string): string => `'${kind.charAt(0).toUpperCase()}' || lpad(CAST(${number} AS VARCHAR), 9, '0')`;

/** The text of a feed, with mistakes at a stated rate. */
function textQuery(schema: SyntheticOrder['schema'], plan: FeedPlan, raw: string): string {
  const { feed } = plan;
  const mark = feed.unknownMark === undefined ? 'NULL' : literal(feed.unknownMark);
  const [own, link] = [feed.owner === undefined ? 'row' : 'owner', schema.links.get(feed.entity)];
  const wrong = feed.register === true ? 'row' : `CASE WHEN row % ${MISTAKE_IN} = 13 THEN 900000000 + ${own} ELSE ${own} END`;
  const columns = [
    ...(feed.owner === undefined ? [`${idSql(feed.entity, wrong)} AS ${quoted(feed.key)}`] : [`${idSql(feed.entity, 'row')} AS ${quoted(feed.key)}`, `${idSql(link?.from ?? '', wrong)} AS ${quoted(feed.owner)}`]),
    ...Object.entries(feed.groups ?? {}).map(([link, heading], at) => `CASE WHEN g${at} >= 0 THEN ${idSql(link, `g${at}`)} END AS ${quoted(heading)}`),
    ...Object.values(feed.relations ?? {}).map((heading, at) => `CASE WHEN r${at}_0 = ${LOST} THEN ${mark} ELSE nullif(concat_ws(';', ${Array.from({ length: MOST_RELATED }, (_, place) => `CASE WHEN r${at}_${place} >= 0 THEN ${idSql(feed.entity, `r${at}_${place}`)} END`).join(', ')}), '') END AS ${quoted(heading)}`),
    ...plan.checks.map(({ of, column }) => `${of === 'credit-code' ? syntheticCreditCodeSql('row') : identity(plan)} AS ${quoted(column)}`),
    ...plan.days.map(({ of, column }) => `substr(CAST(${of} AS VARCHAR), 1, 4) || '-' || substr(CAST(${of} AS VARCHAR), 5, 2) || '-' || substr(CAST(${of} AS VARCHAR), 7) AS ${quoted(column)}`),
    ...plan.columns.map((_, at) => withMistake(schema, plan, at)),
  ];
  const source = `read_parquet(${literal(raw)})`;
  const twice = feed.register === true ? '' : ` UNION ALL SELECT * FROM ${source} WHERE row % ${MISTAKE_IN} = 7`;
  return `SELECT ${columns.join(', ')} FROM (SELECT * FROM ${source}${twice})`;
}

/** The first column that is a day now and then says a day that is none. */
function withMistake(schema: SyntheticOrder['schema'], plan: FeedPlan, at: number): string {
  const text = textSql(schema, plan, at, `v${at}`);
  if (plan.feed.register === true || plan.columns.findIndex(({ fact }) => fact.type.kind === 'date') !== at) return text;
  const name = quoted(plan.columns[at]?.column ?? '');
  return `CASE WHEN row % ${MISTAKE_IN} = 11 THEN '2026-02-30' ELSE ${text.slice(0, -` AS ${name}`.length)} END AS ${name}`;
}

/** An identity number of nobody, from the columns of sex and birth where the feed has them. */
function identity(plan: FeedPlan): string {
  const birth = plan.columns.findIndex(({ fact }) => fact.type.kind === 'date');
  const sex = plan.columns.findIndex(({ fact }) => fact.type.kind === 'code');
  return syntheticIdSql('row', birth < 0 ? '19700101' : `v${birth}`, sex < 0 ? 'true' : `v${sex} = 0`);
}
