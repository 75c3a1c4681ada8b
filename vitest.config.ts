import { defineConfig } from 'vitest/config';

/**
 * Three suites: `unit` needs nothing but Node, `store` runs on PGlite or, with
 * `DATABASE_URL`, on PostgreSQL (`*.store.test.ts` beside the code, and the store itself), `e2e` starts the built city and drives Chromium.
 */
export default defineConfig({
  test: {
    sequence: { shuffle: true },
    projects: [
      { extends: true, test: { name: 'unit', include: ['engine/**/*.test.ts', 'apps/**/*.test.ts', 'adapters/**/*.test.ts', 'packs/**/*.test.ts', 'tools/**/*.test.ts', 'docs/**/*.test.ts'], exclude: ['adapters/store/**', '**/*.store.test.ts'] } },
      { extends: true, test: { name: 'store', include: ['adapters/store/**/*.test.ts', 'apps/**/*.store.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      { extends: true, test: { name: 'e2e', include: ['e2e/**/*.test.ts'], globalSetup: ['e2e/build.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false } },
    ],
  },
});
