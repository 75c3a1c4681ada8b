import { z } from 'zod';
import { toCsv, toXlsx } from '#adapters/documents/index.ts';
import type { City } from '#engine/city.ts';
import { toNumber } from '#engine/kernel/index.ts';
import type { Table } from '#engine/kernel/index.ts';
import { DATA_SETS, dataSet, dataSetSchema } from '#engine/open-data/index.ts';
import { localeOf } from '../problem.ts';
import { dataSetReply, language, problem } from './schemas.ts';
import { download } from './typed.ts';
import type { Routes } from './typed.ts';

const FORMATS = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const set = z.enum(DATA_SETS);
const file = z.string().describe('The file.');

/** The open data: what there is, each set in three forms, and the JSON Schema that they follow. */
export function addDataSets(routes: Routes, city: () => City): void {
  routes.get('/data', { schema: { summary: 'The data sets that can be downloaded', querystring: z.strictObject(language), response: { 200: z.array(dataSetReply), 400: problem } } }, async (request) => DATA_SETS.map((name) => {
    const { title, note, columns, rows } = dataSet(city(), name, localeOf(request));
    return { set: name, title, note, rows: rows.length, columns: [...columns], csv: href(name, 'csv'), json: href(name, 'json'), xlsx: href(name, 'xlsx'), schema: href(name, 'schema.json') };
  }));
  for (const [format, type] of Object.entries(FORMATS)) {
    routes.get(`/data/:set(^[a-z]+).${format}`, {
      schema: {
        summary: `A data set as ${format.toUpperCase()}`, description: 'CSV and XLSX follow the language; JSON has the same rows by column key. The header Link names the schema.',
        params: z.object({ set }), querystring: z.strictObject(language),
        response: { 200: { description: 'The data set.', content: { [type.split(';')[0] ?? type]: { schema: format === 'json' ? z.unknown() : file } } }, 400: problem, 404: problem },
      },
    }, async (request, reply) => {
      const { set: name } = request.params;
      const table = dataSet(city(), name, localeOf(request));
      const body = await bytesOf(table, format as keyof typeof FORMATS);
      return download(reply, `${table.name}.${format}`, type).header('link', `<${href(name, 'schema.json')}>; rel="describedby"; type="application/schema+json"`).send(body);
    });
  }
  routes.get('/data/:set(^[a-z]+).schema.json', {
    schema: { summary: 'The JSON Schema of a data set', params: z.object({ set }), querystring: z.strictObject(language), response: { 200: { description: 'The schema.', content: { 'application/schema+json': { schema: z.record(z.string(), z.unknown()) } } }, 400: problem, 404: problem } },
  }, async (request, reply) => reply.type('application/schema+json').send(dataSetSchema(city(), request.params.set, localeOf(request))));
}

function href(name: string, format: string): string {
  return `/api/v1/data/${name}.${format}`;
}

async function bytesOf(table: Table, format: keyof typeof FORMATS): Promise<string | Buffer> {
  switch (format) {
    case 'csv': return toCsv(table);
    case 'xlsx': return Buffer.from(await toXlsx(table));
    case 'json': return JSON.stringify({
      $schema: href(table.name, 'schema.json'),
      title: table.title, note: table.note,
      rows: table.rows.map((row) => Object.fromEntries(table.columns.map(({ key }, index) => [key, jsonCell(row[index] ?? null)]))),
    });
    default: return format satisfies never;
  }
}

function jsonCell(cell: Table['rows'][number][number]): string | number | null {
  return cell === null || typeof cell === 'string' ? cell : toNumber(cell);
}
