import { expect, it } from 'vitest';
import { callerAddress } from './address.ts';

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['1.1.1.1, 10.1.2.3', '10.1.2.3'],
  ['', 'unknown'],
])('takes the hop our own side has written from %j', (given, expected) => {
  expect(callerAddress(new Headers({ 'x-forwarded-for': given }))).toBe(expected);
});
