import { describe, expect, it } from 'vitest';
import { age, utcTime } from './time.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

describe('age', () => {
  it.each([
    ['2026-03-10T11:59:30Z', 'now'],
    ['2026-03-10T12:00:10Z', 'now'],
    ['2026-03-10T11:56:00Z', '4 min'],
    ['2026-03-10T09:00:00Z', '3 h'],
    ['2026-03-09T10:00:00Z', '26 h'],
    ['2026-02-26T12:00:00Z', '12 d'],
  ])('%s is %s ago', (from, text) => expect(age(from, now)).toBe(text));
});

it('utcTime says the second and the zone', () =>
  expect(utcTime('2026-03-10T09:00:05.250+02:00')).toBe('2026-03-10 07:00:05 UTC'));
