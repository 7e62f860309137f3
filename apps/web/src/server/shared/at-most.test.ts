import { expect, it } from 'vitest';
import { atMost } from './at-most.ts';

it.each([1, 3])('lets %i run at once, in order, whatever fails', async (count) => {
  const limited = atMost(count);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const work = (n: number) => async () => {
    started.push(n);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    if (n % 2 === 0) throw new Error('even');
    return n;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((n) => limited(work(n))));
  expect(most).toBe(count);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))).toEqual([
    1, 3, 5,
  ]);
  expect(await limited(work(7))).toBe(7);
});
