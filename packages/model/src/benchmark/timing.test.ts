import { describe, expect, it } from 'vitest';
import { median, timeInTurns, timeRuns } from './timing.ts';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j', (values, expected) => expect(median(values)).toBe(expected));
});

it('warms up unmeasured and runs as often as asked', async () => {
  let calls = 0;
  const timing = await timeRuns(() => ++calls, { runs: 5, warmups: 2 });
  expect(calls).toBe(7);
  expect(timing.runs).toBe(5);
  expect(timing.median).toBeGreaterThanOrEqual(0);
});

it('takes two pieces of work in turns, each warmed up in every round', async () => {
  let order = '';
  const work = (name: string) => () => {
    order += name;
  };
  const [one, other] = await timeInTurns([work('a'), work('b')], { rounds: 2, runs: 2, warmups: 1 });
  expect(order).toBe('aaabbbaaabbb');
  expect([one.runs, other.runs]).toEqual([4, 4]);
});
