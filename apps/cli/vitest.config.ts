import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'cli',
    // The files of a worker share its modules; what a command leaves behind for the next would show.
    isolate: false,
    // Many tests start the command as a process of its own.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
