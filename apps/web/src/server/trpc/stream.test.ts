import { DomainError } from '@blastwise/contracts';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { streamOf } from './stream.ts';

const output = streamOf('live.events', z.object({ n: z.number() }));

async function* failing(error: Error) {
  yield { n: 1, more: 'than is promised' };
  throw error;
}
async function* wrong() {
  yield { n: 1 };
  yield { n: Number.NaN };
}
const read = async (given: AsyncIterable<{ n: number }>) => {
  const seen: { n: number }[] = [];
  try {
    for await (const value of output.parse(given)) seen.push(value);
  } catch (failure) {
    return { seen, failure };
  }
  throw new Error('The stream did not fail.');
};
const quietly = async (given: AsyncIterable<{ n: number }>) => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const ended = await read(given);
  const log = written.mock.calls.join();
  written.mockRestore();
  return { ...ended, log };
};

it('gives what came before, without what is not promised, and the code that ends the browser’s retries', async () => {
  const ended = await read(failing(new DomainError('UNAUTHENTICATED', 'Your session has ended.')));
  expect(ended).toMatchObject({
    seen: [{ n: 1 }],
    failure: { code: 'UNAUTHORIZED', message: 'Your session has ended.' },
  });
  expect(ended.seen).toEqual([{ n: 1 }]);
});

it('ends at a value that is not what is promised', async () => {
  const { seen, failure } = await quietly(wrong());
  expect(seen).toEqual([{ n: 1 }]);
  expect(failure).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
});

it('refuses what is no stream', () => {
  expect(output.safeParse({ n: 1 }).success).toBe(false);
});

it('tells nothing of an unexpected failure', async () => {
  const { failure, log } = await quietly(failing(new Error('canary')));
  expect(String(failure)).not.toContain('canary');
  expect(log).not.toContain('canary');
});
