import { describe, expect, test } from 'vitest';
import { describeDiagnostic, loadPack, packDigest, printCitation, printDiagnostic } from './index.ts';
import type { PackFiles } from './index.ts';
import { packFiles } from '#tools/pack-files.ts';

const original = packFiles('lantern-bay');

/** The pack with one file changed by a replacement that must find its text. */
function changed(path: string, from: string, to: string): PackFiles {
  const text = new TextDecoder().decode(original.get(path));
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
  return new Map([...original, [path, new TextEncoder().encode(text.replace(from, to))]]);
}

function withFile(path: string, content: string | Uint8Array): PackFiles {
  return new Map([...original, [path, typeof content === 'string' ? new TextEncoder().encode(content) : content]]);
}

function without(path: string): PackFiles {
  return new Map([...original].filter(([name]) => name !== path));
}

const care = 'services/children/island-care.yaml';
const grant = 'services/harbour/closed-season-grant.yaml';
const points = 'indicators/second/second-01-care-points.yaml';

describe('a pack that is right', () => {
  test('has no diagnostic and holds one of everything', () => {
    const { pack, diagnostics } = loadPack(original);
    expect(diagnostics).toEqual([]);
    for (const kind of ['services', 'indicators', 'targets', 'mechanisms', 'systems', 'projects', 'background', 'events', 'centres', 'facts', 'parameters', 'precedence', 'entities', 'scopes', 'breakdowns', 'tables', 'schedules', 'divisions', 'units', 'sources', 'departments'] as const) {
      expect(pack?.[kind].size, kind).toBeGreaterThan(0);
    }
    expect(pack?.boundaries?.areas.map((area) => [area.code, area.rings.length])).toEqual([['990101', 1], ['990122', 2]]);
  });

  test('keeps the digits that the plan prints', () => {
    const { pack } = loadPack(original);
    expect(pack?.parameters.get('grant-rate')?.values[0]?.value).toEqual({ units: 80000, scale: 2 });
  });

  test('keeps expressions as text with the place where they stand', () => {
    const { pack } = loadPack(original);
    expect(pack?.services.get('closed-season-grant')?.standard?.[0]?.conditions[1]?.when).toBe('本月收入 <= 收入线');
    expect(pack?.services.get('closed-season-grant')?.place.file).toBe(grant);
  });

  test('has one digest whatever the order its files were read in', () => {
    expect(packDigest(new Map([...original].reverse()))).toBe(packDigest(original));
    expect(packDigest(changed(care, '岛上看护', '岛上看护 '))).not.toBe(packDigest(original));
  });

  test('says at which page a thing runs: the place of a record in its file has another name', () => {
    const { pack } = loadPack(original);
    expect(pack?.systems.get('sys-fisher-platform')).toMatchObject({ at: '/services', place: { file: 'systems.yaml', line: 1 } });
  });
});

/** One wrong pack for every code: what was done to it, and where the diagnostic must point. */
const wrong: Record<string, { readonly files: PackFiles; readonly at: string }> = {
  'citation-absent': { files: changed(care, '第1项', '第9项'), at: `${care}:2:7` },
  'citation-malformed': { files: changed(care, '专栏 二(一) 第1项', '专栏二(一)1'), at: `${care}:2:7` },
  'date-invalid': { files: changed(grant, 'from: "2031-01-01"\n    chosen', 'from: "2031-02-29"\n    chosen'), at: `${grant}:22:11` },
  'day-of-month-invalid': { files: changed('plan.yaml', 'pay-day: {day: 20,', 'pay-day: {day: 32,'), at: 'plan.yaml:13:16' },
  'file-missing': { files: without('source/plan.txt'), at: 'plan.yaml:1:1' },
  'file-not-utf8': { files: withFile('units.yaml', new Uint8Array([0xff, 0xfe, 0x00])), at: 'units.yaml:1:1' },
  'file-not-yaml': { files: withFile('synonyms.yaml', '- say: [a\n'), at: 'synonyms.yaml:2:1' },
  'file-unexpected': { files: withFile('services/loose.yaml', 'name: x\n'), at: 'services/loose.yaml:1:1' },
  'folder-unknown': { files: withFile('services/moon/island-care-two.yaml', new TextDecoder().decode(original.get(care))), at: 'services/moon/island-care-two.yaml:1:1' },
  'format-unknown': { files: changed('plan.yaml', 'format: 1', 'format: 2'), at: 'plan.yaml:1:1' },
  'geo-invalid': { files: changed('geo/counties.geojson', '"crs"', '"epsg"'), at: 'geo/counties.geojson:1:1' },
  'id-duplicate': { files: changed('targets.yaml', 'id: tt-everybody', 'id: tt-care-points'), at: 'targets.yaml:14:7' },
  'id-malformed': { files: withFile('events/Birth_Day.yaml', new TextDecoder().decode(original.get('events/a-child-is-born.yaml'))), at: 'events/Birth_Day.yaml:1:1' },
  'key-duplicate': { files: changed(care, 'kind: in-kind', 'kind: in-kind\nkind: cash'), at: `${care}:6:1` },
  'key-missing': { files: changed(care, 'kind: in-kind\n', ''), at: `${care}:1:1` },
  'key-not-kebab': { files: changed(care, 'life-stages:', 'lifeStages:'), at: `${care}:6:1` },
  'key-unknown': { files: changed(care, 'life-stages:', 'life-stage:'), at: `${care}:6:1` },
  'name-differs': { files: changed(care, 'zh: 岛上看护', 'zh: 海岛看护'), at: `${care}:1:13` },
  'number-invalid': { files: changed(points, 'value: 80', 'value: 8e1'), at: `${points}:12:28` },
  'printed-differs': { files: changed(points, 'target: "80"', 'target: "85"'), at: `${points}:10:49` },
  'quote-absent': { files: changed('targets.yaml', 'quote: 常住人口全覆盖', 'quote: 人人都有服务'), at: 'targets.yaml:23:10' },
  'reference-dangling': { files: changed(care, 'feeds: [second-01-care-points]', 'feeds: [second-01-care-point]'), at: `${care}:16:9` },
  'shares-incomplete': { files: changed(grant, 'share-bp: 4000', 'share-bp: 3000'), at: `${grant}:11:3` },
  'unit-unknown': { files: changed(points, "unit: '%'", 'unit: 成'), at: `${points}:5:7` },
  'value-not-allowed': { files: changed(points, 'kind: rate', 'kind: share'), at: `${points}:9:7` },
  'value-pattern': { files: changed('targets.yaml', 'domain: harbour', 'domain: Harbour'), at: 'targets.yaml:15:11' },
  'value-range': { files: changed(care, 'zh: 三岁以下的孩子, en: Children under three', "zh: '', en: Children under three"), at: `${care}:3:12` },
  'values-overlap': { files: changed('parameters/grant-rate.yaml', 'area: "990122"', 'area: "990100"'), at: 'parameters/grant-rate.yaml:7:29' },
  'value-type': { files: changed(care, 'zh: 三岁以下的孩子, en', 'zh: 3, en'), at: `${care}:3:12` },
};

describe('a pack that is wrong', () => {
  test.each(Object.entries(wrong))('%s points at its place and says what to do in both languages', (code, { files, at }) => {
    const { diagnostics, texts } = loadPack(files);
    const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
    expect(found.map(({ place }) => `${place.file}:${place.line}:${place.column}`), JSON.stringify(diagnostics)).toContain(at);
    for (const locale of ['zh', 'en'] as const) {
      for (const diagnostic of found) {
        const { message, hint } = describeDiagnostic(diagnostic, locale);
        expect(`${message} ${hint}`).not.toMatch(/[[{](?:diagnostic|kind|field|id|found|citation)/);
        expect(printDiagnostic(diagnostic, texts, locale)).toContain(message);
      }
    }
  });

  test('has a case for every code that has words', async () => {
    const { PACK_MESSAGES } = await import('./index.ts');
    const codes = Object.keys(PACK_MESSAGES.zh).map((key) => /^diagnostic\.([a-z0-9-]+)$/.exec(key)?.[1]).filter((code) => code !== undefined && code !== 'nearest');
    expect(new Set(codes)).toEqual(new Set(Object.keys(wrong)));
  });

  test('names the nearest right word', () => {
    expect(loadPack(wrong['reference-dangling']?.files ?? new Map()).diagnostics[0]?.nearest).toBe('second-01-care-points');
    expect(loadPack(wrong['key-unknown']?.files ?? new Map()).diagnostics.find((d) => d.code === 'key-unknown')?.nearest).toBe('life-stages');
  });

  test('does not blame the records that link to a faulty one', () => {
    expect(loadPack(changed(care, 'kind: in-kind', 'kind: gift')).diagnostics.map((diagnostic) => diagnostic.code)).toEqual(['value-not-allowed']);
  });

  test('has all its faults reported at once', () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => `- { say: [a${index}], mean: [b] }`).join('\n');
    const { diagnostics } = loadPack(withFile('synonyms.yaml', thousand));
    expect(diagnostics.filter((diagnostic) => diagnostic.code === 'key-unknown')).toHaveLength(1000);
  });

  test('still gives the records that are right', () => {
    const { pack } = loadPack(changed(care, 'kind: in-kind', 'kind: gift'));
    expect(pack?.services.has('island-care')).toBe(false);
    expect(pack?.services.has('ferry-to-school')).toBe(true);
  });

  test('never throws, whatever the bytes', () => {
    // What a pack must have, and the one file in question.
    const least = [...original].filter(([path]) => path === 'plan.yaml' || path === 'source/plan.txt');
    for (const bytes of ['', '[]', '{}', '- ', '\0', 'a: &x 1\nb: *x', '? [1,2]: 3', '!!js/function x', '🏮: 1', `x: ${'['.repeat(5000)}`]) {
      for (const path of original.keys()) expect(() => loadPack(new Map([...least, [path, new TextEncoder().encode(bytes)]]))).not.toThrow();
    }
  }, 60_000);
});

test('every citation of the pack prints as it was written', () => {
  const { pack } = loadPack(original);
  expect([...(pack?.services.values() ?? [])].map((service) => printCitation(service.cite))).toEqual(['专栏 二(一) 第2项', '专栏 二(一) 第1项', '专栏 三(一) 第1项', '三(一)', '三(一)', '三(一)', '三(一)', '专栏 三(一) 第2项', '三(一)', '三(一)']);
});
