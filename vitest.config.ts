import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

// Every room is a project of its own; `system` starts the whole product.
export default defineConfig({
  test: { projects: ['packages/*', 'apps/*', 'tests'], sequence: { sequencer: LongestFirst } },
});
