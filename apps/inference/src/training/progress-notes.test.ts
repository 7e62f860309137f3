import type { TrainingProgress } from '@blastwise/contracts';
import { expect, it, vi } from 'vitest';
import { progressNotes } from './progress-notes.ts';

const at = (done: number): TrainingProgress => ({ phase: 'fields', done, of: 9 });

function slowWriter() {
  const answers: ((stillOurs: boolean) => void)[] = [];
  const write = vi.fn((_: TrainingProgress) => new Promise<boolean>((resolve) => answers.push(resolve)));
  return { write, answer: (stillOurs: boolean) => answers.shift()?.(stillOurs) };
}
const quiet = { onLost: () => undefined, onError: () => undefined };

it('writes one at a time, and of those that came meanwhile the last', async () => {
  const { write, answer } = slowWriter();
  const { note, settled } = progressNotes({ ...quiet, write });
  for (const done of [1, 2, 3]) note(at(done));
  answer(true);
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2));
  answer(true);
  await settled();
  expect(write.mock.calls).toEqual([[at(1)], [at(3)]]);
  note(at(4));
  answer(true);
  await settled();
  expect(write).toHaveBeenLastCalledWith(at(4));
});

it('tells when the training is no longer ours', async () => {
  const onLost = vi.fn();
  const { note, settled } = progressNotes({ ...quiet, write: async () => false, onLost });
  note(at(1));
  await settled();
  expect(onLost).toHaveBeenCalledOnce();
});

it('goes on after a write that failed', async () => {
  const onError = vi.fn();
  const write = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(true);
  const { note, settled } = progressNotes({ ...quiet, write, onError });
  note(at(1));
  await settled();
  note(at(2));
  await settled();
  expect(onError).toHaveBeenCalledOnce();
  expect(write).toHaveBeenCalledTimes(2);
});
