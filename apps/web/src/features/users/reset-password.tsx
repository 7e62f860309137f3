'use client';

import { useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { PasswordField, SignedDialog } from '../shared/index.ts';
import type { User } from './users-page.tsx';

export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [firstPassword, setFirstPassword] = useState('');
  const reset = useMutation(
    trpc.users.resetPassword.mutationOptions({
      onSuccess: () => {
        queryClient.invalidateQueries(trpc.users.pathFilter());
        toast({ title: `${user.name} can sign in with the new password`, tone: 'good' });
        onClose();
      },
    }),
  );
  return (
    <SignedDialog
      title={`New password for ${user.name}`}
      description={
        user.role === 'admin'
          ? 'Every session of this user ends. From then on your two accounts count as one person: neither can activate a cost matrix that the other proposed.'
          : 'Every session of this user ends at once.'
      }
      action="Set password"
      signs
      fields={['firstPassword']}
      error={reset.error}
      busy={reset.isPending}
      onSubmit={(signature) => reset.mutate({ id: user.id, firstPassword, ...signature })}
      onClose={onClose}
    >
      {(errors) => (
        <PasswordField
          label="New password"
          hint="At least 12 characters; the user chooses another at the next sign-in."
          fresh
          value={firstPassword}
          onChange={setFirstPassword}
          error={errors.firstPassword}
        />
      )}
    </SignedDialog>
  );
}
