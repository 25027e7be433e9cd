import { defineConfig } from 'vitest/config';

/** `npm run bench -- NAME`: measurements beside peers; each file prints its table and asserts its limits. */
export default defineConfig({
  test: {
    include: ['test/bench/**/*.bench.ts'],
    globalSetup: ['test/servers/unpack.ts', 'test/bench/browser.ts'],
    setupFiles: ['test/helpers/loopback-only.ts'],
    reporters: ['default'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
