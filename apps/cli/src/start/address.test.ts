import { expect, it } from 'vitest';
import { directUrl, isLoopback, ownUrl, publicUrlSchema } from './address.ts';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000', true],
  ['localhost', 'http://localhost:3000', true],
  ['::1', 'http://[::1]:3000', true],
  ['192.0.2.7', 'http://192.0.2.7:3000', false],
  ['2001:db8::7', 'http://[2001:db8::7]:3000', false],
  ['0.0.0.0', 'http://127.0.0.1:3000', false],
  ['::', 'http://[::1]:3000', false],
])('a portal on %s is asked at %s', (host, url, loopback) => {
  expect(ownUrl(host, 3000)).toBe(url);
  expect(new URL(url).port).toBe('3000');
  expect(isLoopback(host)).toBe(loopback);
});

it('tells browsers the host itself, and an address of this machine for a wildcard', () => {
  expect(directUrl('::1', 4000)).toBe('http://[::1]:4000');
  expect(directUrl('192.0.2.7', 4000)).toBe('http://192.0.2.7:4000');
  expect(directUrl('0.0.0.0', 4000)).toMatch(/^http:\/\/\d+(\.\d+){3}:4000$/);
});

it.each([
  ['https://blastwise.example', 'https://blastwise.example'],
  ['https://blastwise.example:443/', 'https://blastwise.example'],
  ['HTTP://Blastwise.example:8080', 'http://blastwise.example:8080'],
  ['https://blastwise.example/portal', null],
  ['https://blastwise.example/?a=b', null],
  ['https://someone@blastwise.example', null],
  ['ftp://blastwise.example', null],
  ['blastwise.example', null],
])('takes %s as the public address %s', (text, origin) => {
  expect(publicUrlSchema.safeParse(text).data ?? null).toBe(origin);
});
