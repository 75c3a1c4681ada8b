import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isStored, listReleases, loadSnapshot, openRelease } from '#adapters/columns/index.ts';
import { readPackFolder } from '#adapters/folder/index.ts';
import { baselineOf, simulate } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { syntheticModel } from '#engine/population/index.ts';
import { dayNumber, linkRules } from '#engine/rules/index.ts';
import { measure } from './measure.ts';
import type { Told } from './measure.ts';
import { cacheFolder } from './population.ts';
import { columnsRead, prepareResidents, takeIn } from './residents.ts';

/*
 * `node reform-child.ts <people>`: a reform of a drawn Jinhua with everybody's columns and verdicts in memory, in one
 * thread, in a process of its own. The reform is the one that touches most services: a higher minimum living standard.
 */

const [, , count = ''] = process.argv;
const day = parseDate('2026-11-24');
const { pack } = loadPack(readPackFolder('packs/jinhua') ?? new Map<string, Uint8Array>());
const model = pack && syntheticModel(pack);
const standard = pack?.parameters.get('min-living-standard')?.values.at(-1);
if (!pack || !model || !day || !standard) throw new Error('Jinhua does not load');
const { book, parsed } = linkRules(pack);
const { schema } = book.vocabulary;
const on = dayNumber(day);
const facts = columnsRead(book, [on]);
const root = mkdtempSync(join(cacheFolder(), 'reform-'));
try {
  takeIn(await prepareResidents(model, schema, Number(count), on), root, schema, facts);
  const [release] = listReleases(root);
  const stored = release && openRelease(release, schema, { verify: false });
  if (!stored || !isStored(stored)) throw new Error('nobody was taken in');
  const began = process.hrtime.bigint();
  const baseline = baselineOf(book, parsed, loadSnapshot(stored, facts), on);
  const same: Reform = { name: { zh: '低保标准', en: 'Minimum living standard' }, parameters: [{ ...standard, parameter: 'min-living-standard' }], standards: [], openings: [], payers: [] };
  const raised: Reform = { ...same, parameters: [{ ...standard, parameter: 'min-living-standard', from: day, value: { ...standard.value, units: standard.value.units * 1.5 } }] };
  const nothing = simulate(baseline, same);
  const baselineSeconds = Number(process.hrtime.bigint() - began) / 1e9;
  let moved = 0;
  const found = await measure(() => {
    const simulated = simulate(baseline, raised);
    if (simulated.kind !== 'simulated') throw new Error('the reform is faulty');
    moved = simulated.changes.movedFen;
  }, 3);
  if (moved === 0) throw new Error('the reform moves nothing');
  const told: Told = { ...found, extra: { baseline: baselineSeconds, nothing: nothing.kind === 'simulated' ? nothing.changes.movedFen : NaN } };
  console.log(JSON.stringify(told));
} finally {
  rmSync(root, { recursive: true, force: true });
}
