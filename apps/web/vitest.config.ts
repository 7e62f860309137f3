import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'web',
    include: ['src/**/*.test.ts'],
    globalSetup: ['@blastwise/db/testing/global-setup'],
    testTimeout: 20_000,
  },
});
