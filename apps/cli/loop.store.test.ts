import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goAround } from '#tools/loop.ts';

/** It makes its own embedded store, or none: on a PostgreSQL it would say the same once more. */
const isEmbedded = process.env['DATABASE_URL'] === undefined;

test.runIf(isEmbedded)('once around, from the feeds of departments to the indicator and back to the standard, equal to the fen at every step', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loop-'));
  try {
    const steps = await goAround({ folder, residents: 6_000, tell: () => undefined });
    expect(steps.flatMap(({ step, checks }) => checks.filter(({ holds }) => !holds).map(({ what }) => `${step}: ${what}`))).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(['feeds', 'decide 2026-12', 'grant 2026-12', 'pay 2026-12', 'observe 2026-12', 'simulate', 'schedule', 'decide 2027-01', 'grant 2027-01', 'pay 2027-01', 'observe 2027-01', 'compare']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
