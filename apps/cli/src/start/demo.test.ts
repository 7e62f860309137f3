import { afterEach, expect, it, vi } from 'vitest';
import { mayHaveDemo } from './demo.ts';
import { readStartEnv } from './env.ts';

afterEach(() => vi.unstubAllEnvs());

it('no demo accounts are made where a proxy shows the portal', () => {
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('BLASTWISE_PUBLIC_URL', 'https://blastwise.example');
  expect(mayHaveDemo({ ...readStartEnv(), host: '127.0.0.1' })).toBe(false);
});

it.each([
  ['', '127.0.0.1', true],
  ['', 'localhost', true],
  ['', '::1', true],
  ['', '0.0.0.0', false],
  ['', '::', false],
  ['', '192.0.2.7', false],
  ['postgres://owner@localhost/blastwise', '127.0.0.1', false],
  ['postgresql://owner@db.example/blastwise', '0.0.0.0', false],
])('with DATABASE_URL=%s on %s demo accounts are made: %s', (databaseUrl, host, made) => {
  vi.stubEnv('DATABASE_URL', databaseUrl);
  expect(mayHaveDemo({ ...readStartEnv(), host })).toBe(made);
});
