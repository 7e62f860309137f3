import { expect, it } from 'vitest';
import { minutesLeft } from './minutes-left.ts';

const begun = Date.parse('2026-03-10T12:00:00Z');

it.each([
  ['12:00:00', null],
  ['12:27:59', null],
  ['12:28:00', 2],
  ['12:28:59', 2],
  ['12:29:00', 1],
  ['12:29:59', 1],
  // The server counts from the last call, up to a minute later.
  ['12:30:30', 1],
])('untouched since 12:00:00, a session of 30 idle minutes has at %s left: %s', (now, left) =>
  expect(minutesLeft(begun, Date.parse(`2026-03-10T${now}Z`), 30)).toBe(left),
);
