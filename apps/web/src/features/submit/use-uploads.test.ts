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
  const accepted = { receipt: 'r', sha256: 'a'.repeat(64), width: 1, height: 1, duplicates: [] };
  const done = { ...waiting, state: 'done', progress: 1, accepted } as const;
  expect(sentAgain(done)).toEqual(waiting);
  expect(sentAgain(done)).not.toHaveProperty('accepted');
});

it('tells files apart where the browser offers no secure context', () => {
  vi.stubGlobal('crypto', {});
  try {
    expect(nextUploadId()).not.toBe(nextUploadId());
  } finally {
    vi.unstubAllGlobals();
  }
});
