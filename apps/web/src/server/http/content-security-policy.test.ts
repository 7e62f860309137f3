import { expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

it('allows scripts by nonce only and forbids framing', () => {
  const policy = contentSecurityPolicy({ nonce: 'abc', secure: false });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).not.toContain('upgrade-insecure-requests');
  expect(contentSecurityPolicy({ nonce: 'abc', secure: true })).toContain('upgrade-insecure-requests');
});
