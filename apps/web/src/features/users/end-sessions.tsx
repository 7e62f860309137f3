'use client';

import { useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import type { User } from './users-page.tsx';

export function EndSessions({ user, onClose }: { user: User; onClose: () => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const end = useMutation(
    trpc.users.endSessions.mutationOptions({
      onSuccess: () => {
        toast({ title: `${user.name} is signed out everywhere` });
        onClose();
      },
    }),
  );
  return (
    <SignedDialog
      signs
      title={`End the sessions of ${user.name}`}
      description="The user is signed out everywhere at once, and can sign in again."
      action="End sessions"
      danger
      error={end.error}
      busy={end.isPending}
      onSubmit={(signature) => end.mutate({ id: user.id, ...signature })}
      onClose={onClose}
    />
  );
}
