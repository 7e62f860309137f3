import { defineConfig } from 'vitest/config';

// Every room is a project of its own; `system` starts the whole product.
export default defineConfig({ test: { projects: ['packages/*', 'apps/*', 'tests'] } });
