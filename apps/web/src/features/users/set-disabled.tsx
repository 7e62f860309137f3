'use client';

import { useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import type { User } from './users-page.tsx';

export function SetDisabled({ user, onClose }: { user: User; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const disabling = user.disabledAt === null;
  const change = useMutation(
    trpc.users.setDisabled.mutationOptions({
      onSuccess: () => {
        queryClient.invalidateQueries(trpc.users.pathFilter());
        toast({ title: `${user.name} is ${disabling ? 'disabled' : 'enabled'}` });
        onClose();
      },
    }),
  );
  return (
    <SignedDialog
      signs
      title={`${disabling ? 'Disable' : 'Enable'} ${user.name}`}
      description={
        disabling
          ? 'Every session of this user ends at once. Everything recorded stays.'
          : 'The user can sign in again with the same password and role.'
      }
      action={disabling ? 'Disable' : 'Enable'}
      danger={disabling}
      error={change.error}
      busy={change.isPending}
      onSubmit={(signature) => change.mutate({ id: user.id, disabled: disabling, ...signature })}
      onClose={onClose}
    />
  );
}
