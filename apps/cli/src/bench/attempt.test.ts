import { DomainError } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { attempt } from './attempt.ts';
import { timeRow } from './rows.ts';

it('gives the rows that were measured', async () => {
  const rows = [timeRow('a', 1, null), timeRow('b', 2, null)];
  expect(await attempt('part', async () => rows)).toEqual(rows);
});

it.each([
  [new DomainError('ENGINE_UNAVAILABLE', 'No card was found.'), 'unavailable: No card was found.'],
  [new DomainError('BAD_INPUT', 'It is too large.'), 'skipped: It is too large.'],
  [new Error('broken'), /^failed: /],
])('says in one row why there are none: %s', async (error, why) => {
  const [row, ...others] = await attempt('part', () => Promise.reject(error));
  expect(others).toEqual([]);
  expect(row).toMatchObject({ name: 'part', milliseconds: null, ratio: null, met: null });
  expect(row?.missing).toMatch(why);
});
