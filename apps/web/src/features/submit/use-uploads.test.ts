import { expect, it } from 'vitest';
import { sentAgain } from './use-uploads.ts';

it('forgets the answer of the last try', () => {
  const file = new File(['x'], 'field.png');
  const waiting = {
    id: 'a',
    file,
    previewUrl: 'blob:a',
    state: 'waiting',
    progress: 0,
    retryable: false,
  } as const;
  const refused = {
    ...waiting,
    state: 'refused',
    progress: 0.4,
    message: 'No answer.',
    retryable: true,
  } as const;
  expect(sentAgain(refused)).toEqual(waiting);
  expect(sentAgain(refused)).not.toHaveProperty('message');
});
