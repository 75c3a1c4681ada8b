import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { interpretProgram } from '../exec/index.ts';
import { linkRules } from '../link/index.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Value } from '../value.ts';

const files = packFiles('lantern-bay');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the ice voucher pays for a boat of some length in decimetres, with another table in the place of its own. */
function pays(table: string, decimetres: Value): { readonly amountFen: number | string | undefined; readonly codes: readonly string[] } {
  const service = new TextDecoder().decode(files.get('services/harbour/ice-voucher.yaml')).replace(/ {6}- \{ id: crew.*\n/, '').replace(/stacks:.*\n/, '').replace(/examples:[\s\S]*/, '');
  const { pack, diagnostics: broken } = loadPack(new Map([...files, ['tables/boat-rate.yaml', utf8(`name: 船补\nlabel: { zh: 船补, en: Rate }\ninputs: [船的长度]\noutput: { type: number, unit: 元 }\nlaw: LB-LAW\n${table}`)], ['services/harbour/ice-voucher.yaml', utf8(service)], ['precedence/boat-vouchers.yaml', utf8(new TextDecoder().decode(files.get('precedence/boat-vouchers.yaml')).replace('ice-voucher, ', ''))]]));
  if (!pack || broken.length > 0) throw new Error(JSON.stringify(broken));
  const { book, diagnostics } = linkRules(pack);
  const program = book.programAt(20310615);
  if (!program.decisions.some((decision) => decision.service === 'ice-voucher')) return { amountFen: undefined, codes: diagnostics.map((one) => one.code) };
  const situation = new Map([['person', [{ facts: new Map([['person.fishing-licence', known(true)]]), links: new Map([['crew', [0]]]) }]], ['crew', [{ facts: new Map([['crew.boat-length', decimetres]]), links: new Map() }]]]);
  const verdict = interpretProgram(program, situation, 'ice-voucher', 0);
  return { amountFen: verdict.kind === 'yes' ? verdict.amountFen : verdict.kind, codes: diagnostics.map((one) => one.code) };
}

const rows = (policy: string, ...lines: readonly string[]): string => `hit-policy: ${policy}\nrules:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;
const metres = (length: number): Value => known(BigInt(Math.round(length * 10)));

describe('a decision table', () => {
  // In each the boat is 12 metres unless said otherwise.
  const big = "when: ['>= 12'], gives: 50";
  const middle = "when: ['>= 8'], gives: 100";
  const any = "when: ['-'], gives: 7";

  test('F gives the first row that holds', () => {
    expect(pays(rows('F', big, middle, any), metres(12)).amountFen).toBe(5_000);
    expect(pays(rows('F', big, middle, any), metres(11.9)).amountFen).toBe(10_000);
    // No length is neither 12 nor 8 or more, but it is anything.
    expect(pays(rows('F', big, middle, any), NONE).amountFen).toBe(700);
    expect(pays(rows('F', big, "when: ['< 12'], gives: 9"), NONE).codes).toContain('table-gap');
  });

  test('P gives the row whose output has priority, whatever the order of rows', () => {
    const priority = 'priority: [100, 50, 7]\n';
    expect(pays(`${rows('P', any, big, middle)}${priority}`, metres(12)).amountFen).toBe(10_000);
    expect(pays(`${rows('P', any, big, middle)}${priority}`, metres(5)).amountFen).toBe(700);
  });

  test('C+ gives the sum of all rows that hold, and nothing where none does', () => {
    expect(pays(rows('C+', big, middle, any), metres(12)).amountFen).toBe(15_700);
    expect(pays(rows('C+', big, middle), metres(3)).amountFen).toBe(0);
  });

  test('A takes rows that overlap where they agree, and refuses them where they do not', () => {
    const less = "when: ['< 20'], gives: 50";
    expect(pays(`${rows('A', big, less)}else: 0\n`, metres(12)).amountFen).toBe(5_000);
    expect(pays(`${rows('A', big, "when: ['< 20'], gives: 60")}else: 0\n`, metres(12)).codes).toContain('table-overlap');
  });

  test('U refuses rows that overlap', () => { expect(pays(`${rows('U', big, middle)}else: 0\n`, metres(12)).codes).toContain('table-overlap'); });

  test('gives unknown where the input is unknown and it matters', () => {
    expect(pays(rows('F', big, middle, any), UNKNOWN).amountFen).toBe('unknown');
    expect(pays(rows('F', "when: ['>= 12'], gives: 7", any), UNKNOWN).amountFen).toBe(700);
  });
});
