import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { USUAL_LIMITS } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { sealedFacts, syntheticModel } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { SEALED_BLOCK } from './seal.ts';
import { answersOfRun, appendOverlay, DATA_KEY_FILE, isStored, listReleases, loadSnapshot, NOTHING_BEFORE, openOverlay, openRelease, readAmounts, readReasons, resealDataKeys, startRun, writeSyntheticRelease } from './index.ts';
import type { Release, Sealing } from './index.ts';
import { ArrayWriter, bytesOf, openArray, readArray } from './array-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'sealed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { pack } = loadPack(packFiles('lantern-bay'));
const model = pack && syntheticModel(pack);
if (!pack || !model) throw new Error('the town does not load');
const { book } = linkRules(pack);
const { schema } = book.vocabulary;
const INCOME = 'person.month-income';

let drawn = 0;
/** Different bytes at each call, the same in each run of the tests. */
const random = (length: number): Uint8Array => new Uint8Array(Buffer.alloc(length, `bytes ${(drawn += 1)}`));

/** A vault that turns bytes around and says whose they are. */
function sealing(name: string, others: readonly string[] = []): Sealing {
  return {
    seal: (plain, place) => Buffer.concat([Buffer.from(`${name} ${place}\n`), Buffer.from(plain).reverse()]),
    open: (sealed, place) => {
      const bytes = Buffer.from(sealed);
      const head = [name, ...others].map((one) => Buffer.from(`${one} ${place}\n`)).find((one) => bytes.subarray(0, one.length).equals(one));
      if (!head) throw new Error('another key');
      return Buffer.from(bytes.subarray(head.length)).reverse();
    },
    random, facts: sealedFacts(pack ?? { facts: new Map() }),
  };
}

const day = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const order = { model, schema, people: 3_000, seed: 1, on: 20310615, createdAt: '2031-06-15T00:00:00Z' };

function draw(name: string, by: Sealing | undefined): Release {
  const root = join(folder, name);
  writeSyntheticRelease(root, { ...order, sealing: by });
  const [release] = listReleases(root, by);
  if (!release) throw new Error('nobody was drawn');
  return release;
}

function columnsOf(release: Release): ReadonlyMap<string, readonly number[]> {
  const stored = openRelease(release, schema);
  if (!isStored(stored)) throw new Error(stored.kind);
  return new Map([...loadSnapshot(stored, new Set(schema.facts.keys())).columns].map(([fact, column]) => [fact, [...column]]));
}

const bare = draw('bare', undefined);
const sealed = draw('sealed', sealing('first'));

test('a sealed release holds the same people, and no sensitive value lies in the clear', () => {
  expect(columnsOf(sealed)).toEqual(columnsOf(bare));
  const incomes = Buffer.from(bytesOf(Int32Array.from(columnsOf(bare).get(INCOME) ?? []))).subarray(0, 400);
  const holds = ({ folder: at }: Release): boolean => readdirSync(at).some((file) => readFileSync(join(at, file)).includes(incomes));
  expect([holds(bare), holds(sealed)]).toEqual([true, false]);
});

test('without the key, or with another, a sealed release is refused, and so is one that should be sealed', () => {
  const root = join(folder, 'sealed');
  const found = [listReleases(root)[0], listReleases(root, sealing('other'))[0], { ...bare, sealing: sealing('first') }].map((release) => release && openRelease(release, schema));
  expect(found.map((one) => one && 'kind' in one && one.kind)).toEqual(['sealed', 'sealed', 'unsealed']);
});

test('a rotation seals the data key anew and touches no column', () => {
  const both = sealing('second', ['first']);
  const file = join(sealed.folder, DATA_KEY_FILE);
  const before = readFileSync(file);
  const rotate = (): number => resealDataKeys(join(folder, 'sealed'), { ...both, mark: Buffer.from('second') });
  expect([rotate(), rotate()]).toEqual([1, 0]);
  expect(columnsOf({ ...sealed, sealing: sealing('second') })).toEqual(columnsOf(bare));
  writeFileSync(file, before);
});

test('stretches of a sealed array are read from wherever they begin, and a block in the place of another does not open', () => {
  const key = { bytes: random(32), random };
  const values = Int32Array.from({ length: SEALED_BLOCK / 4 * 2 + 5 }, (_, at) => at * 7);
  const writer = new ArrayWriter(folder, 'array', 'int32', { key, about: 'income' });
  for (let at = 0; at < values.length; at += 10_000) writer.append(values.subarray(at, at + 10_000));
  const { stored } = writer.finish();
  expect(readArray(folder, stored, key, 'income')).toEqual(values);
  const into = new Int32Array(100);
  const reader = openArray(folder, stored, key, 'income');
  for (const from of [0, SEALED_BLOCK / 4 - 50, values.length - 100, 3]) {
    reader.read(bytesOf(into), from * 4);
    expect([...into]).toEqual([...values.subarray(from, from + 100)]);
  }
  expect(() => { reader.read(bytesOf(into), (values.length - 50) * 4); }).toThrow('shorter');
  reader.close();
  expect(() => readArray(folder, stored, key, 'rent')).toThrow('authenticate');
  const bytes = readFileSync(join(folder, 'array'));
  writeFileSync(join(folder, 'array'), Buffer.concat([bytes.subarray(SEALED_BLOCK + 16, 2 * (SEALED_BLOCK + 16)), bytes.subarray(0, SEALED_BLOCK + 16), bytes.subarray(2 * (SEALED_BLOCK + 16))]));
  expect(() => readArray(folder, stored, key, 'income')).toThrow('authenticate');
});

const told: Correction = { entity: 'person', row: 5, fact: INCOME, value: 123_457, validFrom: 20310101, observedOn: 20310101, knownAt: '2031-01-05T00:00:00Z', source: 'holder', by: 'counter' };

test('what is added beside a sealed release is sealed line by line, and a line cut off harms no other', () => {
  const root = join(folder, 'sealed');
  appendOverlay(root, sealed, [told]);
  const path = join(root, 'overlay-v1.log');
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20), { flag: 'a' });
  appendOverlay(root, sealed, [{ ...told, value: 9 }]);
  expect(openOverlay(root, sealed)).toEqual({ corrections: [told, { ...told, value: 9 }], damaged: 1 });
  expect(readFileSync(path, 'utf8')).not.toContain('123457');
  expect(openOverlay(root, { id: 'v1' })).toEqual({ corrections: [], damaged: 3 });
});

test('a run over sealed columns gives what it gives over bare ones, with one thread and with two, and leaves nothing that others may read', async () => {
  const runOver = async (name: string, release: Release, threads: number) => {
    const outcome = await startRun(join(folder, name), { book, digest: 'd', asOf: day('2031-06-15'), release, corrections: [told], knownAt: '2031-06-15T08:00:00.000Z', before: NOTHING_BEFORE, limits: USUAL_LIMITS }, { threads });
    if (outcome.kind !== 'finished') throw new Error(outcome.kind);
    const result = answersOfRun(outcome.run);
    return { answers: result?.manifest.services.map((service) => [service.service, readReasons(result, service), readAmounts(result, service)]) ?? [], folder: outcome.run.folder };
  };
  const [plain, one, two] = [await runOver('plain', bare, 1), await runOver('one', sealed, 1), await runOver('two', sealed, 2)];
  expect(plain.answers.length).toBeGreaterThan(1);
  expect([one.answers, two.answers]).toEqual([plain.answers, plain.answers]);
  for (const at of [sealed.folder, one.folder]) {
    for (const name of readdirSync(at, { recursive: true, encoding: 'utf8' })) expect(statSync(join(at, name)).mode & 0o077, name).toBe(0);
  }
});
