import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { formSentenceOf, loadSentenceOf, sentenceOf, titleOf } from './errors.ts';

const lost = new TypeError('Failed to fetch');
const refused = new TRPCClientError('The result has changed.', {
  result: {
    error: {
      code: -32_009,
      message: 'The result has changed.',
      data: { code: 'CONFLICT', httpStatus: 409, reason: 'CONFLICT', fields: {} },
    },
  },
});

it('claims of an act without an answer neither that it was done nor that it was not', () => {
  expect(sentenceOf(lost)).toBe(
    'The portal did not answer. What you sent may have been saved; the page shows what is stored.',
  );
  expect(titleOf(lost, 'Not recorded')).toBe('No answer');
  expect(loadSentenceOf(lost)).toBe('The portal cannot be reached. Try again.');
});

it('lets a refusal speak for itself', () => {
  expect(sentenceOf(refused)).toBe('The result has changed.');
  expect(loadSentenceOf(refused)).toBe('The result has changed.');
  expect(titleOf(refused, 'Not recorded')).toBe('Not recorded');
});

describe('what a form says as a whole', () => {
  const invalid = (fields: Record<string, string>) =>
    new TRPCClientError('Give a name.', {
      result: {
        error: {
          code: -32_600,
          message: 'Give a name.',
          data: { code: 'BAD_REQUEST', httpStatus: 400, reason: 'BAD_INPUT', fields },
        },
      },
    });

  it.each([
    ['nothing without an error', null, null],
    ['a refusal', refused, 'The result has changed.'],
    ['nothing where its own field says it', invalid({ name: 'Give a name.' }), null],
    [
      'what none of its own fields says',
      invalid({ name: 'Give a name.', uploads: 'Too many.' }),
      'Too many.',
    ],
  ])('%s', (_, error, sentence) => {
    expect(formSentenceOf(error, ['name'])).toBe(sentence);
  });
});
