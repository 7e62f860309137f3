import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The files of a worker share its modules, and so the engine: each selects the one that it needs.
    isolate: false,
    // Networks are built and trained here: slow on a busy machine, never stuck for a minute.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
