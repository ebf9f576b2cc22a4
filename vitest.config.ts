import { defineConfig } from 'vitest/config';

const conditions = ['source', 'module', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,apps,scripts,examples,e2e}/**/*.test.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['packages/db/src/testing-global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
