import { defineConfig } from 'vitest/config';

const common = { setupFiles: ['test/helpers/loopback-only.ts'], environment: 'node' as const };

export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/count-reporter.ts'],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/servers/**', 'test/packaged/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'servers',
          include: ['test/servers/**/*.test.ts'],
          globalSetup: ['test/servers/unpack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/browser.ts', 'test/e2e/poppler.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          ...common,
          name: 'packaged',
          include: ['test/packaged/**/*.test.ts'],
          globalSetup: ['test/packaged/packaged.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
