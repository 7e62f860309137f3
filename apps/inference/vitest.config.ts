import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'inference',
    globalSetup: ['@blastwise/db/testing/global-setup'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
