import { QueryClient } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { followLostAnswers } from './lost-answers.ts';

const refused = new TRPCClientError('The result has changed since it was shown; look at it again.', {
  result: {
    error: {
      code: -32_009,
      message: 'The result has changed since it was shown; look at it again.',
      data: { code: 'CONFLICT', httpStatus: 409, reason: 'CONFLICT', fields: {} },
    },
  },
});

it.each([
  ['is asked for again after an act whose answer was lost', new TypeError('Failed to fetch'), true],
  ['stays after a refusal', refused, false],
])('what a page shows %s', async (_, error, askedAgain) => {
  const queryClient = new QueryClient();
  queryClient.setQueryData(['case'], 'as it was');
  const stop = followLostAnswers(queryClient);
  const act = queryClient.getMutationCache().build(queryClient, { mutationFn: () => Promise.reject(error) });
  await act.execute(undefined).catch(() => undefined);
  expect(queryClient.getQueryState(['case'])?.isInvalidated).toBe(askedAgain);
  stop();
});
