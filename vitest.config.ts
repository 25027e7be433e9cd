import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/servers/**'],
    setupFiles: ['test/helpers/loopback-only.ts'],
    reporters: ['default', './test/helpers/count-reporter.ts'],
    testTimeout: 20_000,
    fileParallelism: true,
  },
});
