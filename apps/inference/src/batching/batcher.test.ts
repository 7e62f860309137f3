import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatcher } from './batcher.ts';

const double = async (items: number[]): Promise<number[]> => items.map((item) => item * 2);

/** Answers after `ms`; throws for the whole batch if one of its items is negative. */
const slowDouble = (ms: number) => async (items: number[]) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  if (items.some((item) => item < 0)) throw new Error('bad item');
  return double(items);
};

describe('createBatcher', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    { arrivals: [0], sizes: [1], why: 'one item waits for company, then goes alone' },
    { arrivals: [0, 1, 2], sizes: [3], why: 'items inside the delay share a batch' },
    { arrivals: [0, 20], sizes: [1, 1], why: 'a later item does not' },
    { arrivals: [0, 0, 0, 0], sizes: [4], why: 'a full batch does not wait' },
    { arrivals: [0, 0, 0, 0, 0, 0], sizes: [4, 2], why: 'what is left over makes the next batch' },
  ])('$why', async ({ arrivals, sizes }) => {
    const seen: number[] = [];
    const batcher = createBatcher({
      maxSize: 4,
      maxDelayMs: 10,
      maxQueue: 100,
      run: double,
      onBatch: (size) => seen.push(size),
    });
    const answers = arrivals.map(async (at, i) => {
      await new Promise((resolve) => setTimeout(resolve, at));
      return batcher.submit(i);
    });
    await vi.advanceTimersByTimeAsync(50);
    expect(await Promise.all(answers)).toEqual(arrivals.map((_, i) => i * 2));
    expect(seen).toEqual(sizes);
  });

  it('starts a full batch at once and an unfilled one after the delay', async () => {
    const run = vi.fn(double);
    const batcher = createBatcher({ maxSize: 2, maxDelayMs: 10, maxQueue: 9, run });
    void batcher.submit(1);
    await vi.advanceTimersByTimeAsync(9);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(1);
    void batcher.submit(2);
    void batcher.submit(3);
    expect(run).toHaveBeenLastCalledWith([2, 3]);
  });

  it('runs one batch at a time and gathers what arrives meanwhile', async () => {
    const seen: number[] = [];
    const batcher = createBatcher({
      maxSize: 4,
      maxDelayMs: 1,
      maxQueue: 9,
      run: slowDouble(100),
      onBatch: (size) => seen.push(size),
    });
    const first = batcher.submit(1);
    await vi.advanceTimersByTimeAsync(50);
    const rest = [2, 3, 4].map((item) => batcher.submit(item));
    await vi.advanceTimersByTimeAsync(10);
    expect(batcher.depth()).toBe(3);
    await vi.advanceTimersByTimeAsync(200);
    expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8]);
    expect(seen).toEqual([1, 3]);
  });

  it('counts the time that an item waited behind a running batch', async () => {
    const run = vi.fn(slowDouble(100));
    const batcher = createBatcher({ maxSize: 4, maxDelayMs: 50, maxQueue: 9, run });
    for (const item of [1, 2, 3, 4]) void batcher.submit(item);
    await vi.advanceTimersByTimeAsync(10);
    void batcher.submit(5);
    await vi.advanceTimersByTimeAsync(91);
    expect(run).toHaveBeenLastCalledWith([5]);
  });

  it('refuses an item when the queue is full, but not a reserved one', async () => {
    const batcher = createBatcher({ maxSize: 2, maxDelayMs: 10, maxQueue: 2, run: slowDouble(100) });
    const kept = [1, 2, 3, 4].map((item) => batcher.submit(item));
    await expect(batcher.submit(5)).rejects.toMatchObject({ code: 'OVERLOADED' });
    const reserved = batcher.submit(6, { reserved: true });
    await vi.advanceTimersByTimeAsync(500);
    expect(await Promise.all([...kept, reserved])).toEqual([2, 4, 6, 8, 12]);
    const later = batcher.submit(7);
    await vi.advanceTimersByTimeAsync(500);
    expect(await later).toBe(14);
  });

  it('lets a bad item fail alone', async () => {
    const batcher = createBatcher({ maxSize: 3, maxDelayMs: 10, maxQueue: 9, run: slowDouble(1) });
    const settled = Promise.allSettled([1, -1, 3].map((item) => batcher.submit(item)));
    await vi.advanceTimersByTimeAsync(100);
    expect(await settled).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: new Error('bad item') },
      { status: 'fulfilled', value: 6 },
    ]);
  });

  it.each([
    [
      'throws before it answers',
      () => {
        throw new Error('sync');
      },
    ],
    ['answers with too few results', async () => []],
  ])('rejects when run %s', async (_, run: () => Promise<number[]>) => {
    const batcher = createBatcher({ maxSize: 2, maxDelayMs: 1, maxQueue: 9, run });
    const settled = Promise.allSettled([batcher.submit(1), batcher.submit(2)]);
    await vi.advanceTimersByTimeAsync(10);
    expect((await settled).map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });

  it('drains on close and refuses what comes after', async () => {
    const batcher = createBatcher({ maxSize: 2, maxDelayMs: 1_000, maxQueue: 9, run: slowDouble(10) });
    const answers = [1, 2, 3].map((item) => batcher.submit(item));
    let closed = false;
    const closing = batcher.close().then(() => {
      closed = true;
    });
    await expect(batcher.submit(4)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await vi.advanceTimersByTimeAsync(15);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(10);
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
    await closing;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closes at once when it is idle', async () => {
    await createBatcher({ maxSize: 2, maxDelayMs: 1, maxQueue: 9, run: double }).close();
  });

  it('answers every accepted item exactly as alone, never in a batch above the limit', async () => {
    const arrivals = fc.array(
      fc.record({ item: fc.integer({ min: -3, max: 50 }), at: fc.integer({ min: 0, max: 60 }) }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 12 }),
        async (items, maxSize, maxDelayMs, maxQueue) => {
          let depth = 0;
          const batcher = createBatcher({
            maxSize,
            maxDelayMs,
            maxQueue,
            run: slowDouble(7),
            onBatch: (size) => expect(size).toBeLessThanOrEqual(maxSize),
          });
          const settled = Promise.allSettled(
            items.map(async ({ item, at }) => {
              await new Promise((resolve) => setTimeout(resolve, at));
              const answer = batcher.submit(item);
              depth = Math.max(depth, batcher.depth());
              return answer;
            }),
          );
          await vi.advanceTimersByTimeAsync(5_000);
          (await settled).forEach((result, i) => {
            const item = items[i]?.item ?? 0;
            if (result.status === 'fulfilled') expect(result.value).toBe(item * 2);
            else if (item >= 0) expect(result.reason).toMatchObject({ code: 'OVERLOADED' });
          });
          expect(depth).toBeLessThanOrEqual(maxQueue);
          await batcher.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
