import { expect, test } from 'vitest';
import { PACK_KINDS, packJsonSchema } from '#engine/pack/index.ts';
import { staleDocs } from './docs.ts';

test('the format reference and the JSON Schemas are what the code says; npm run -s docs makes them', () => {
  expect(staleDocs()).toEqual([]);
});

test('every kind of file has a JSON Schema that forbids unknown keys', () => {
  for (const kind of PACK_KINDS) {
    const schema = packJsonSchema(kind);
    const record = (schema['items'] ?? (schema['type'] === 'object' && schema['properties'] === undefined ? schema['additionalProperties'] : schema)) as Record<string, unknown>;
    expect(record['additionalProperties'], kind).toBe(false);
    expect(JSON.stringify(record), kind).not.toContain('lifeStages');
  }
});
