import { defineConfig } from 'vitest/config';
import { runningDataDir } from './browser/env.ts';

export default defineConfig({
  test: {
    name: 'system',
    include: ['**/*.test.ts'],
    // Every file starts a product or a server of its own, unless all use one that runs already.
    maxWorkers: runningDataDir ? 1 : 2,
    sequence: { groupOrder: 1 },
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
