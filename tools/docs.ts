import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { permissionReference } from '#engine/permission/index.ts';
import { retentionReference } from '#engine/record/index.ts';
import { formatReference, PACK_KINDS, packJsonSchema } from '#engine/pack/index.ts';

/** Files made from the code: path in the repository to content. */
export function generatedDocs(): ReadonlyMap<string, string> {
  const schemas = PACK_KINDS.map((kind) => [`docs/schema/${kind}.json`, `${JSON.stringify(packJsonSchema(kind), null, 1)}\n`] as const);
  return new Map([['docs/pack-format.md', formatReference()], ['docs/permissions.md', permissionReference()], ['docs/retention.md', retentionReference()], ...schemas]);
}

const root = join(import.meta.dirname, '..');

/** The generated files that are missing or not what the code says now. */
export function staleDocs(): string[] {
  return [...generatedDocs()].filter(([path, content]) => {
    try {
      return readFileSync(join(root, path), 'utf8') !== content;
    } catch {
      return true;
    }
  }).map(([path]) => path);
}

if (import.meta.main) {
  for (const [path, content] of generatedDocs()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
