import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'web',
    include: ['src/**/*.test.ts'],
    // The files of a worker share its modules; each has a database of its own.
    isolate: false,
    globalSetup: ['@blastwise/db/testing/global-setup'],
    testTimeout: 20_000,
  },
});
