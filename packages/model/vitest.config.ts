import { defineConfig } from 'vitest/config';

// Networks are built and trained here: slow on a busy machine, never stuck for a minute.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
