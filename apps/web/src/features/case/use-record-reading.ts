'use client';

import { useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { reasonOf, sentenceOf, titleOf } from '../shared/index.ts';
import { mayDecide, useProfile } from '../shell/index.ts';

/** Records a reading; the answer is the case as it now stands. */
export function useRecordReading(caseId: string, then: { onDone: () => void; onNext: (() => void) | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const decides = mayDecide(useProfile());
  const { onNext } = then;
  return useMutation(
    trpc.reviews.record.mutationOptions({
      onSuccess: (detail, { correction }) => {
        queryClient.setQueryData(trpc.cases.detail.queryKey({ caseId }), detail);
        queryClient.invalidateQueries(trpc.cases.worklist.pathFilter());
        queryClient.invalidateQueries(trpc.cases.counts.pathFilter());
        queryClient.invalidateQueries(trpc.cases.toDecide.queryFilter());
        then.onDone();
        toast({
          title: `${decides ? 'Decided' : 'Recorded'}: ${correction.stage ?? 'not assessable'}`,
          text: 'Read again to change it; the first reading is kept.',
          tone: 'good',
          ...(onNext ? { action: { label: 'Next case', onClick: onNext } } : {}),
        });
      },
      onError: (error) => {
        const outdated = reasonOf(error) === 'CONFLICT';
        if (outdated) queryClient.invalidateQueries(trpc.cases.detail.queryFilter({ caseId }));
        toast({
          title: outdated ? 'The result has changed since' : titleOf(error, 'Not recorded'),
          text: sentenceOf(error),
          tone: 'bad',
        });
      },
    }),
  );
}
