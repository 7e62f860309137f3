'use client';

import { useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import type { CostVersion } from './types.ts';

const DONE = { Reject: 'rejected', Discard: 'discarded' } as const;

/** Rejects a proposal, or discards a draft, with a reason. */
export function RejectDialog(props: { version: CostVersion; words: keyof typeof DONE; onClose: () => void }) {
  const { version, words, onClose } = props;
  const trpc = useTRPC();
  const toast = useToast();
  const reject = useMutation(
    trpc.costs.reject.mutationOptions({
      onSuccess: () => {
        onClose();
        toast({ title: `Version ${version.version} is ${DONE[words]}` });
      },
    }),
  );
  return (
    <SignedDialog
      title={`${words} version ${version.version}`}
      description="It stays in the history with your name, the time and the reason."
      action={words}
      danger
      signs={false}
      error={reject.error}
      busy={reject.isPending}
      onSubmit={({ reason }) => reject.mutate({ id: version.id, reason })}
      onClose={onClose}
    />
  );
}
