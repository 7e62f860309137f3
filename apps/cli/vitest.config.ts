import { defineConfig } from 'vitest/config';

// Most tests start the command as a process of its own.
export default defineConfig({ test: { name: 'cli', testTimeout: 60_000, hookTimeout: 60_000 } });
