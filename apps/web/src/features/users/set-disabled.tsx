'use client';

import { useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { AdminForm, ReasonField } from './admin-form.tsx';
import type { User } from './users-page.tsx';

export function SetDisabled({ user, onClose }: { user: User; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [reason, setReason] = useState('');
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
    <AdminForm
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
      onSubmit={() => change.mutate({ id: user.id, disabled: disabling, reason })}
      onClose={onClose}
    >
      {(errors) => <ReasonField value={reason} onChange={setReason} error={errors.reason} />}
    </AdminForm>
  );
}
