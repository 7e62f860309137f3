import { expect, it } from 'vitest';
import { type FailingDevice, firstFailure } from './device-failure.ts';

function device() {
  const listeners: Parameters<FailingDevice['addEventListener']>[1][] = [];
  const lost = Promise.withResolvers<{ message: string }>();
  return {
    lost: lost.promise,
    addEventListener: (_: 'uncapturederror', listener: (typeof listeners)[number]) =>
      listeners.push(listener),
    refuse: (message: string) => {
      for (const listener of listeners) listener({ error: { message } });
    },
    lose: (message: string) => lost.resolve({ message }),
  };
}

it('answers with the first refused command, in one line', () => {
  const graphics = device();
  const failure = firstFailure(graphics);
  expect(failure()).toBeUndefined();
  graphics.refuse('Out of memory.\n - While calling CreateBuffer');
  graphics.refuse('Invalid CommandBuffer.');
  expect(failure()).toMatchObject({
    code: 'UNAVAILABLE',
    message: 'The graphics device failed: Out of memory.',
  });
});

it('answers with the loss of the device', async () => {
  const graphics = device();
  const failure = firstFailure(graphics);
  graphics.lose('The driver was reset.');
  await graphics.lost;
  expect(failure()?.message).toBe('The graphics device failed: The driver was reset.');
});
