'use client';

import { Button, Progress, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { FormError, Moment } from '../shared/index.ts';
import { EpochPlots } from './epoch-plots.tsx';
import { MaskPlots } from './mask-plots.tsx';
import { kindOf, stepOf } from './training-words.ts';
import { epochsOf, maskEpochsOf, type Training } from './types.ts';

/** The training under way, live. */
export function ActiveTraining({ training }: { training: Training }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const cancel = useMutation(
    trpc.trainings.cancel.mutationOptions({
      onSuccess: () => {
        queryClient.invalidateQueries(trpc.trainings.pathFilter());
        toast({ title: 'The training is cancelled' });
      },
    }),
  );
  const { title, done } = stepOf(training);
  const { requestedBy, requestedAt, reason, progress } = training;
  const of = progress?.phase === 'epochs' ? progress.of : epochsOf(training).length;
  const masks = maskEpochsOf(training);
  return (
    <section aria-label="Training under way">
      <div className="flex items-center gap-4 border-b border-rule pb-2">
        <h2 className="text-base font-semibold">Under way</h2>
        <p className="min-w-0 flex-1 truncate text-xs text-ink-3">
          {kindOf(training)}. {requestedBy?.name ?? 'At the server’s command line'},{' '}
          <Moment at={requestedAt} />: {reason}
        </p>
        <Button
          variant="danger"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ id: training.id })}
        >
          Cancel
        </Button>
      </div>
      <p className="tabular mt-3 mb-2 text-sm">{title}</p>
      <Progress label="Progress of the training" value={done} />
      <FormError error={cancel.error} />
      {masks ? (
        <MaskPlots epochs={masks} of={progress?.phase === 'masks' ? progress.of : 1} className="mt-5" />
      ) : (
        <EpochPlots epochs={epochsOf(training)} of={of} className="mt-5" />
      )}
    </section>
  );
}
