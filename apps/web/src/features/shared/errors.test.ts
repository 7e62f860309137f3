import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { loadSentenceOf, sentenceOf, titleOf } from './errors.ts';

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
