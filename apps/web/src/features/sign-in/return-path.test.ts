import { expect, it } from 'vitest';
import { returnPath } from './return-path.ts';

it.each([
  [undefined, '/cases'],
  ['/admin/costs', '/admin/costs'],
  ['/cases/0190b2c4-7b1e-7c3a-9d11-2f8a5b6c7d8e', '/cases/0190b2c4-7b1e-7c3a-9d11-2f8a5b6c7d8e'],
  ['//evil.example', '/cases'],
  ['/\\evil.example', '/cases'],
  ['https://evil.example', '/cases'],
  ['javascript:alert(1)', '/cases'],
  ['/sign-in', '/cases'],
  [['/a', '/b'], '/cases'],
])('%s leads to %s', (value, path) => expect(returnPath(value)).toBe(path));
