/** Bundles the page, the only bundle there is; everything in it comes from this repository and its packages. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    // The page's policy allows no inline script, and a data: font or style would be one more thing to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Schemas shared with pages that are fetched later run before the first page's own code; the rule for them comes first of all.
        codeSplitting: { groups: [{ name: 'schemas', test: /without-eval|node_modules\/zod\// }] },
      },
    },
  },
});
