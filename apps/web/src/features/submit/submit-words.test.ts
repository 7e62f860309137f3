import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { asksForUploads, submitSentenceOf, waitsFor } from './submit-words.ts';

const failure = (message: string, reason: string, fields = {}) =>
  new TRPCClientError(message, {
    result: {
      error: { code: -32_600, message, data: { code: 'BAD_REQUEST', httpStatus: 400, reason, fields } },
    },
  });
const old = 'An upload is older than 12 hours; upload it again.';
const many = 'A case takes at most 200 images.';

it.each([
  ['nothing yet', null, null, false],
  ['no answer', new TypeError('Failed to fetch'), /Submit again: .* no second one/, false],
  ['uploads no longer taken', failure(old, 'BAD_INPUT'), old, true],
  ['too many', failure(many, 'BAD_INPUT', { uploads: many }), many, false],
  [
    'a pseudonym that is wrong',
    failure('Give a pseudonym.', 'BAD_INPUT', { pseudonym: 'Give a pseudonym.' }),
    null,
    false,
  ],
  ['another refusal', failure('Sign in to go on.', 'UNAUTHENTICATED'), 'Sign in to go on.', false],
])('%s', (_, error, sentence, uploadsAgain) => {
  const said = submitSentenceOf(error);
  if (sentence instanceof RegExp) expect(said).toMatch(sentence);
  else expect(said).toBe(sentence);
  expect(asksForUploads(error)).toBe(uploadsAgain);
});

it.each([
  [{ pending: true, refused: 1, accepted: 1, pseudonym: '' }, 'Uploading…'],
  [{ pending: false, refused: 0, accepted: 0, pseudonym: '' }, ''],
  [{ pending: false, refused: 0, accepted: 2, pseudonym: 'P-1' }, ''],
  [{ pending: false, refused: 0, accepted: 2, pseudonym: '  ' }, 'Give a pseudonym to go on.'],
  [
    { pending: false, refused: 1, accepted: 2, pseudonym: '' },
    '1 file was refused and will not be part of the case. Give a pseudonym to go on.',
  ],
  [
    { pending: false, refused: 2, accepted: 0, pseudonym: '' },
    '2 files were refused and will not be part of the case.',
  ],
])('a case of %j waits for: %s', (given, words) => expect(waitsFor(given)).toBe(words));
