import { expect, it, vi } from 'vitest';
import { nextUploadId, sentAgain } from './use-uploads.ts';

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

it('tells files apart where the browser offers no secure context', () => {
  vi.stubGlobal('crypto', {});
  try {
    expect(nextUploadId()).not.toBe(nextUploadId());
  } finally {
    vi.unstubAllGlobals();
  }
});
