import { DomainError } from '@blastwise/contracts';
import { expect, it, vi } from 'vitest';
import { mapStreamErrors } from './stream.ts';

async function* failing(error: Error) {
  yield 1;
  throw error;
}
const read = async (error: Error) => {
  const seen: number[] = [];
  try {
    for await (const value of mapStreamErrors('live.events', failing(error))) seen.push(value);
  } catch (failure) {
    return { seen, failure };
  }
  throw new Error('The stream did not fail.');
};

it('gives what came before, and the code that ends the browser’s retries', async () => {
  const ended = await read(new DomainError('UNAUTHENTICATED', 'Your session has ended.'));
  expect(ended).toMatchObject({
    seen: [1],
    failure: { code: 'UNAUTHORIZED', message: 'Your session has ended.' },
  });
});

it('tells nothing of an unexpected failure', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { failure } = await read(new Error('canary'));
  expect(String(failure)).not.toContain('canary');
  expect(written.mock.calls.join()).not.toContain('canary');
  written.mockRestore();
});
