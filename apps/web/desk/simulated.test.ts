import { expect, test } from 'vitest';
import { linkBook } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { asOfToday, choicesOf, reformOf, signed, yuan } from './simulated.ts';
import { deskWords } from './words.ts';

const today = parseDate('2031-06-15');
const files = new Map(packFiles('lantern-bay'));
// An older rate of the Reef County that was never ended: the newer one holds.
const rate = 'parameters/grant-rate.yaml';
files.set(rate, new TextEncoder().encode(`${new TextDecoder().decode(files.get(rate))}  - { area: "990122", from: "2030-01-01", value: 700.00, source: LB-DEMO, confidence: verified }\n`));
const { pack } = loadPack(files);
if (!pack || !today) throw new Error('the town does not load');

test('each value that holds on the day can be chosen, once for each area, and says whether it is for demonstration', () => {
  const choices = choicesOf({ pack, rules: linkBook(pack).rules }, today, 'en', deskWords('en'));
  expect(choices.map(({ key, value, demo }) => [key, value, demo])).toEqual([
    ['grant-rate@990122', '860.00', true], ['grant-rate@990100', '800.00', true], ['income-line@990100', '1000.00', true], ['relief-line@990100', '900', true], ['relief-line@free-port', '1000', true],
  ]);
  expect(choices[2]?.text).toBe('Income line · Lantern Bay · now 1,000.00 yuan (demonstration)');
});

test('what is typed becomes a reform of that value from today, and words become none', () => {
  expect(reformOf('income-line@990100', ' 1,200.50 ', today)?.parameters).toEqual([{ parameter: 'income-line', area: '990100', from: today, value: { units: 120_050, scale: 2 } }]);
  expect(reformOf('income-line@990100', 'much', today)).toBeUndefined();
});

test('fen are shown as yuan with their sign', () => {
  expect([yuan(123_450), yuan(5), signed(100), signed(-100_000), signed(0)]).toEqual(['1,234.50', '0.05', '+1.00', '−1,000.00', '0.00']);
});

test('a reform of later days is brought forward to today, and says the last of its days', () => {
  const [soon, late] = [parseDate('2032-01-01'), parseDate('2033-01-01')];
  if (!soon || !late) throw new Error('no days');
  const value = { units: 1200, scale: 0 };
  const reform = { name: { zh: '试', en: 'A try' }, parameters: [{ parameter: 'income-line', area: '990100', from: late, value }], standards: [], openings: [{ service: 'closed-season-grant', from: soon, group: 'resident' }], payers: [] };
  expect(asOfToday(reform, today)).toMatchObject({ today: { parameters: [{ from: today }], openings: [{ from: today }] }, later: late });
  expect(asOfToday({ ...reform, parameters: [], openings: [] }, today).later).toBeUndefined();
});
