import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'db',
    // The files of a worker share its modules; each has a database of its own.
    isolate: false,
    globalSetup: ['src/testing/global-setup.ts'],
    testTimeout: 20_000,
  },
});
