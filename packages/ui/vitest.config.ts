import { defineConfig } from 'vitest/config';

// Pure functions: nothing that one file could leave behind for the next.
export default defineConfig({ test: { isolate: false } });
