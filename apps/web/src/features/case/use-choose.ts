'use client';

import { useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { reasonOf, sentenceOf, titleOf } from '../shared/index.ts';

/** Records which error a reader would rather risk; the answer is the case as it now stands. */
export function useChoose(caseId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.reviews.choose.mutationOptions({
      onSuccess: (detail) => queryClient.setQueryData(trpc.cases.detail.queryKey({ caseId }), detail),
      onError: (error) => {
        if (reasonOf(error) === 'CONFLICT')
          queryClient.invalidateQueries(trpc.cases.detail.queryFilter({ caseId }));
        toast({ title: titleOf(error, 'Not recorded'), text: sentenceOf(error), tone: 'bad' });
      },
    }),
  );
}
