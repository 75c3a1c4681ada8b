import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { saveSnapshot } from '#adapters/columns/index.ts';
import { FISHERS, fishersOf } from '#engine/entitlement/testing.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');
const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const release = temporaryFolder();
saveSnapshot(release, fishersOf(pack));
// Each of the eleven ten times, so that what a reform does to them is shown.
const many = temporaryFolder();
saveSnapshot(many, fishersOf(pack, Array.from({ length: 10 }, () => FISHERS).flat()));
const nowhere = join(temporaryFolder(), 'data');
const TOWN = ['--pack', LANTERN_BAY, '--release', release, '--as-of', '2031-06-15'];
const CITY = ['--pack', LANTERN_BAY, '--release', many, '--as-of', '2031-06-15'];

async function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  // A data folder that is not there: whether one stands where the tests run makes no difference.
  const code = await main(words, { MINSHENG_DATA: nowhere }, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

/** A reform in a file of its own. */
function reform(text: string): string {
  const file = join(temporaryFolder(), 'line.yaml');
  writeFileSync(file, `name: { zh: 提高收入线, en: A higher line }\n${text}`);
  return file;
}
const line = (value: string): string => reform(`parameters: [{ parameter: income-line, area: "990100", from: "2031-06-15", value: ${value} }]`);

describe('decide --all', () => {
  test('counts every service, and what is said goes beside the outcome', async () => {
    const { code, out, err } = await run('decide', '--all', ...TOWN, '--lang', 'en');
    expect(code).toBe(0);
    expect(err).toBe('Deciding everybody as of 2031-06-15 …\n');
    // Three have the grant, seven do not, of one the income is not known: 800 + 800 + 860.
    expect(out).toContain(`11 people of the snapshot ${release}\n`);
    expect(out).toContain('Closed-season grant: yes 3 · no 7 · unknown 1 · 2460.00 yuan a month\n');
  });

  test('as JSON names day, pack and people, and hides counties with few', async () => {
    const { out } = await run('decide', '--all', ...TOWN, '--json');
    const told: { readonly asOf: string; readonly people: unknown; readonly services: readonly { readonly service: string }[] } = JSON.parse(out);
    expect(told).toMatchObject({ asOf: '2031-06-15', pack: { id: pack.plan.id }, people: { kind: 'release', count: 11 } });
    const grant = told.services.find(({ service }) => service === 'closed-season-grant');
    expect(grant).toMatchObject({
      yes: 3, amountFen: 246_000, unknown: [{ clause: 'income', count: 1 }],
      payers: [{ level: 'city', amountFen: 147_600 }, { level: 'county', county: '990101', amountFen: null }, { level: 'county', county: '990122', amountFen: null }],
      counties: [{ county: '990101', yes: null, amountFen: null }, { county: '990122', yes: null, amountFen: null }, { county: 'free-port', yes: 0, amountFen: 0 }],
    });
  });

  test('against the law of an earlier day lists what is new, and that a person must look', async () => {
    // In 2030 there was no closed-season grant: three new ones of 2,460.00, and household relief of 900.00 for one home.
    const { out } = await run('decide', '--all', ...TOWN, '--since', '2030-12-31', '--json');
    expect(JSON.parse(out)).toMatchObject({ changes: { since: '2030-12-31', grants: 0, stops: [{ of: 'grants', before: 0 }, { of: 'money', before: 0, changed: 336_000 }] } });
  });

  test('refuses a day that is none, a snapshot that is none, and a pack that draws nobody', async () => {
    expect(await run('decide', '--all', '--as-of', '2031-02-29', '--lang', 'en')).toMatchObject({ code: 2, err: '--as-of takes a day of the calendar such as 2026-03-31; it is “2031-02-29”.\n' });
    expect((await run('decide', '--all', ...TOWN, '--since', 'once', '--lang', 'en')).err).toContain('--since');
    expect(await run('decide', '--all', '--pack', LANTERN_BAY, '--release', temporaryFolder(), '--lang', 'en')).toMatchObject({ code: 3 });
    // The skeleton of another city draws nobody.
    const skeleton = join(temporaryFolder(), 'elsewhere');
    await run('pack', 'new', skeleton);
    expect((await run('decide', '--all', '--pack', skeleton, '--lang', 'en')).err).toContain('has no model of synthetic residents');
    expect((await run('decide', '--all', '--pack', LANTERN_BAY, '--residents', '0', '--lang', 'en')).err).toContain('from 1 to 10000000');
  });
});

describe('simulate', () => {
  test('says who gains and what it costs each level', async () => {
    const { code, out } = await run('simulate', line('1200.00'), ...CITY, '--lang', 'en');
    expect(code).toBe(0);
    expect(out.split('\n').slice(1, 8)).toEqual([
      'Closed-season grant: 30 → 60 have it (new 30 · raised 0 · lowered 0 · lost 0 · now unknown 0)',
      '  24600.00 → 49200.00 yuan a month (+24600.00)',
      '  city: +14760.00 yuan',
      '  counties: +9840.00 yuan',
      // The ten with exactly 1,000.00 before, and the ten with exactly 1,200.00 after.
      '  At a cliff (a yuan more of income a head takes more than a yuan away): 10 → 10',
      // Thirty more of 31 grants: closed season 30, relief 1.
      '30 of 31 grants change, more than 5%: a person must look at it first.',
      '24600.00 of 25500.00 yuan (a month) move, more than 5%: a person must look at it first.',
    ]);
  });

  test('where few change says neither how many nor how much', async () => {
    const { out } = await run('simulate', line('1200.00'), ...TOWN, '--lang', 'en');
    expect(out).toContain('Closed-season grant: hidden → 6 have it (new hidden · raised 0');
    expect(out).toContain('too few change for the money to be shown');
    expect(out).toContain('More than 5% of the grants change: a person must look at it first.');
    expect(out).not.toContain('2460.00');
  });

  test('of what is already so changes 0 fen', async () => {
    const { out } = await run('simulate', line('1000.00'), ...TOWN, '--json');
    expect(JSON.parse(out)).toMatchObject({ movedFen: 0, counts: { new: 0, ended: 0 }, services: [], stops: [] });
    expect((await run('simulate', line('1000.00'), ...TOWN, '--lang', 'en')).out).toContain('nobody changes, by 0.00 yuan');
  });

  test('of a reform that only begins later takes the day it begins', async () => {
    const { out } = await run('simulate', reform('parameters: [{ parameter: income-line, area: "990100", from: "2033-01-01", value: 1200 }]'), ...CITY.slice(0, 4), '--json');
    expect(JSON.parse(out)).toMatchObject({ asOf: '2033-01-01', counts: { new: 30 } });
  });

  test('shows where a reform is wrong, as a compiler does', async () => {
    const { code, err } = await run('simulate', reform('parameters: [{ parameter: income-lime, area: "990100", from: "2031-06-15", value: 1 }]'), ...TOWN, '--lang', 'en');
    expect(code).toBe(1);
    expect(err).toContain('line.yaml:2:');
    expect(err).toContain('There is no parameter with the id “income-lime”');
    expect((await run('simulate', reform('standards: [{ service: closed-season-grant, from: "2031-01-01", amount: 补助标隹 }]'), ...TOWN, '--lang', 'en')).err).toContain('补助标隹');
    expect(await run('simulate', join(temporaryFolder(), 'none.yaml'), ...TOWN)).toMatchObject({ code: 2 });
  });
});
