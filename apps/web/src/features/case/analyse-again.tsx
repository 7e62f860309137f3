'use client';

import { Button, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useTRPC } from '../../trpc/client.tsx';
import { sentenceOf, titleOf } from '../shared/index.ts';
import { mayRead, useProfile } from '../shell/index.ts';

/** Puts a field back into the queue, for the model in service. Nothing for those who do not read fields. */
export function AnalyseAgain({ imageId }: { imageId: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const profile = useProfile();
  const again = useMutation(
    trpc.cases.retry.mutationOptions({
      onSuccess: () => toast({ title: 'Queued again' }),
      onError: (error) =>
        toast({ title: titleOf(error, 'Not queued'), text: sentenceOf(error), tone: 'bad' }),
    }),
  );
  if (!mayRead(profile)) return null;
  return (
    <Button disabled={again.isPending} onClick={() => again.mutate({ imageId })}>
      <RotateCw /> Analyse again
    </Button>
  );
}
