import { expect, it } from 'vitest';
import { isLoopback, ownUrl, publicUrl } from './address.ts';

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
  expect(publicUrl('::1', 4000)).toBe('http://[::1]:4000');
  expect(publicUrl('192.0.2.7', 4000)).toBe('http://192.0.2.7:4000');
  expect(publicUrl('0.0.0.0', 4000)).toMatch(/^http:\/\/\d+(\.\d+){3}:4000$/);
});
