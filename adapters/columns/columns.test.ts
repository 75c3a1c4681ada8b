import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildSnapshot } from '#engine/population/index.ts';
import { BlockRunner, buildProgram, compileKernel, runKernel, verdictsOf } from '#engine/rules/index.ts';
import { randomRules, randomSituation } from '../../engine/rules/testing/random.ts';
import { decideStored, isStored, KernelPool, loadSnapshot, openResult, openSnapshot, readAmounts, readReasons, readVerdicts, saveSnapshot } from './index.ts';
import { finishFiles, prepareFiles, workOf } from './decide.ts';
import { FileDoor } from './file-door.ts';
import { draftIn } from './folder.ts';
import { decideParquet, ParquetReader, ParquetWriter } from './parquet/index.ts';
import type { ParquetColumn } from './parquet/index.ts';
import { makeIn, situationOf, thing } from '../../engine/rules/testing/make.ts';
import { MONEY, TOWN } from '../../engine/rules/testing/town.ts';

const folder = mkdtempSync(join(tmpdir(), 'columns-'));
afterAll(() => rmSync(folder, { recursive: true }));

function city(seed: number, people: number) {
  const { schema, rules, lawOn } = randomRules(seed, { text: false, without: new Set(['call']) });
  const snapshot = buildSnapshot(schema, randomSituation(seed, schema, people), 'living');
  const root = join(folder, `city-${seed}`);
  saveSnapshot(root, snapshot);
  return { schema, program: buildProgram(schema, lawOn, rules), snapshot, root };
}

function opened(root: string, schema: Parameters<typeof openSnapshot>[1]) {
  const stored = openSnapshot(root, schema);
  if (!isStored(stored)) throw new Error(stored.kind);
  return stored;
}

/** What the run that holds answers, to the byte: of each service its reasons, and its amounts one part after another. */
function answersIn(root: string): ReadonlyMap<string, readonly string[]> {
  const result = openResult(root);
  const hex = ({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView<ArrayBufferLike>): string => Buffer.from(buffer, byteOffset, byteLength).toString('hex');
  return new Map(result?.manifest.services.map((service) => {
    const amounts = readAmounts(result, service);
    return [service.service, [hex(readReasons(result, service)), ...(amounts ? [service.amounts?.lane ?? '', hex(amounts)] : [])]];
  }));
}

/** Every file of the run that holds, with its bytes. */
function filesIn(root: string): ReadonlyMap<string, string> {
  const { folder: at } = openResult(root) ?? { folder: '' };
  return new Map(readdirSync(at).sort().map((name) => [name, readFileSync(join(at, name)).toString('hex')]));
}

test('what is stored is what was in memory, and a program loads only what it reads', () => {
  const { schema, program, snapshot, root } = city(3, 60);
  const stored = opened(root, schema);
  const loaded = loadSnapshot(stored, new Set(schema.facts.keys()));
  expect(loaded.columns).toEqual(snapshot.columns);
  expect(loaded.links).toEqual(snapshot.links);
  expect(loaded.order).toEqual(snapshot.order);
  expect(stored.layout).toEqual(snapshot.layout);
  expect([...loadSnapshot(stored, new Set(program.facts)).columns.keys()].sort()).toEqual([...program.facts].filter((fact) => snapshot.columns.has(fact)).sort());
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('stored answers are the answers in memory (rules %d)', (seed) => {
  const { schema, program, snapshot, root } = city(seed, 40);
  const kernel = compileKernel(program, snapshot.layout);
  decideStored(compileKernel(program, opened(root, schema).layout), opened(root, schema), join(root, 'out'));
  const result = openResult(join(root, 'out'));
  for (const answers of runKernel(kernel, snapshot)) expect(result && readVerdicts(result, answers.decision)).toEqual(verdictsOf(answers));
});

test('one thread and three answer the same to the byte, whatever the links between their people', async () => {
  const { schema, program, root } = city(11, 500);
  const stored = opened(root, schema);
  const kernel = compileKernel(program, stored.layout);
  decideStored(kernel, stored, join(root, 'one'));
  const pool = await KernelPool.start(kernel, stored, 3);
  try {
    await pool.decide(join(root, 'three'));
    expect(answersIn(join(root, 'three'))).toEqual(answersIn(join(root, 'one')));
    const before = filesIn(join(root, 'three'));
    await pool.decide(join(root, 'three'));
    expect(filesIn(join(root, 'three'))).toEqual(before);
  } finally {
    await pool.close();
  }
});

test('amounts lie in parts, in the order of the rows, and a part whose people get nothing has no file', () => {
  // 70,000 households of one: three blocks. The first half earns nothing and gets nothing.
  const { fact, is, constant } = makeIn({ schema: TOWN, subjects: new Map([['grant', 'person']]) });
  const people = Array.from({ length: 70_000 }, (_, home) => thing({ income: home < 35_000 ? 0n : BigInt(home) }, { living: [home] }));
  const snapshot = buildSnapshot(TOWN, situationOf({ person: people, living: people.map(() => thing({})) }), 'living');
  const root = join(folder, 'parts');
  saveSnapshot(root, snapshot);
  const program = buildProgram(TOWN, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'earns', when: is(fact('income'), '>', constant(0n, MONEY)) }], amount: fact('income') }]);
  const stored = opened(root, TOWN);
  // The parts of three threads, here one after the other.
  const kernel = compileKernel(program, stored.layout);
  const draft = draftIn(join(root, 'out'));
  const { shared, parts } = workOf(kernel, stored, 3);
  prepareFiles(kernel, stored, draft.folder);
  finishFiles(kernel, stored, draft.folder, parts.map((blocks, part) => {
    const door = new FileDoor(kernel, { folder: stored.folder, manifest: stored.manifest, shared, out: draft.folder, part });
    new BlockRunner(kernel, door).run(0, blocks);
    return door.close();
  }), { durable: true });
  draft.publish();
  // Blocks of at most 32,768: the first part is all without income, the second begins with some of it.
  const result = openResult(join(root, 'out'));
  const [service] = result?.manifest.services ?? [];
  expect(service?.amounts?.parts).toEqual([{ file: '0000.amount.1', length: 65_536 - 35_000 }, { file: '0000.amount.2', length: 70_000 - 65_536 }]);
  expect(result && service && readAmounts(result, service)).toEqual(Int32Array.from({ length: 35_000 }, (_, at) => 35_000 + at));
});

test('files of another format, of another vocabulary or with one bit changed are refused', () => {
  const { schema, root } = city(21, 30);
  const { folder: at } = opened(root, schema);
  const manifest = join(at, 'manifest.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('"format": 2', '"format": 1'));
  expect(openSnapshot(root, schema)).toEqual({ kind: 'other-format', found: 1, wanted: 2 });
  writeFileSync(manifest, text.slice(0, 100));
  expect(openSnapshot(root, schema)).toEqual({ kind: 'damaged', file: 'manifest.json' });
  writeFileSync(manifest, text);
  expect(openSnapshot(root, { ...schema, codeLists: new Map() })).toEqual({ kind: 'other-vocabulary' });
  const column = readFileSync(join(at, '0001.int8'));
  column[7] = (column[7] ?? 0) ^ 1;
  writeFileSync(join(at, '0001.int8'), column);
  expect(openSnapshot(root, schema)).toEqual({ kind: 'damaged', file: '0001.int8' });
  expect(openSnapshot(join(folder, 'nowhere'), schema)).toEqual({ kind: 'nothing-there' });
});

test('a build that does not come to its end leaves the last one', () => {
  const { schema, root } = city(31, 20);
  const draft = draftIn(root);
  writeFileSync(join(draft.folder, '0001.int8'), 'half a column');
  expect(opened(root, schema).manifest.rows['person']).toBe(20);
});

/** Households of 1, 2 and 3 over row groups of two people, so that households lie across their ends. */
test('a file of people gives the answers that the same people give in memory', () => {
  const { fact, is, constant, through, fold, and, op } = makeIn({ schema: TOWN, subjects: new Map([['grant', 'person'], ['house', 'living']]) });
  const total = fold('living', 'sum', { value: fact('income') });
  const rules = [
    { service: 'grant', subject: 'person', clauses: [{ id: 'poor', when: is(through('living', total), '<', constant(600n, MONEY)) }, { id: 'p', when: fact('p') }], amount: op({ op: 'greatest', of: [op({ op: 'greatest', of: [fact('rent'), constant(0n, MONEY)] }), constant(0n, MONEY)] }) },
    { service: 'house', subject: 'living', clauses: [{ id: 'all', when: and(fold('living', 'every', { value: fact('p') }), is(total, '>', constant(0n, MONEY))) }] },
  ];
  const people = [[0, 100, 5, 1], [1, 200, undefined, 1], [1, undefined, 7, 1], [2, 300, 8, 0], [2, 100, 9, 1], [2, 100, 200_000_000, 1], [3, 90, 4, undefined]] as const;
  const situation = situationOf({
    person: people.map(([home, income, rent, p]) => thing({ ...(income === undefined ? {} : { income: BigInt(income) }), ...(rent === undefined ? {} : { rent: BigInt(rent) }), ...(p === undefined ? {} : { p: p === 1 }) }, { living: [home] })),
    living: [0, 1, 2, 3].map(() => thing({})),
  });
  const snapshot = buildSnapshot(TOWN, situation, 'living');
  const program = buildProgram(TOWN, 20310615, rules);
  const columns: readonly ParquetColumn[] = ['home', 'income', 'rent', 'p'].map((name) => ({ name, type: 'int32' }));
  const writer = new ParquetWriter(join(folder, 'people.parquet'), columns, 'zstd');
  for (let first = 0; first < people.length; first += 2) {
    const rows = people.slice(first, first + 2);
    writer.group(rows.length, (at) => {
      const values = rows.map((row) => row[at]);
      const present = Uint8Array.of(values.reduce<number>((bits, value, row) => bits | (value === undefined ? 0 : 1 << row), 0));
      return { present, values: Int32Array.from(values.filter((value) => value !== undefined)) };
    });
  }
  writer.close();
  const aside = decideParquet(compileKernel(program, snapshot.layout), { path: join(folder, 'people.parquet'), group: 'home', noneWith: new Map() }, (entity) => join(folder, `${entity}.answers`));
  // A rent of 2,000,000 yuan is beyond the range of a fact of at most 1,000,000: it is set aside, there as here.
  expect([aside, snapshot.quarantine.count]).toEqual([1, 1]);
  for (const { decision, reasons } of runKernel(compileKernel(program, snapshot.layout), snapshot)) {
    const reader = new ParquetReader(join(folder, `${decision.subject}.answers`));
    const found: number[] = [];
    reader.groups.forEach(({ rows }, group) => {
      const column = new Int32Array(rows);
      reader.read(group, decision.service, { column, at: 0, absent: -1, unknown: -1, min: 0, max: 255 });
      found.push(...column);
    });
    reader.close();
    expect(found).toEqual([...reasons]);
  }
});
