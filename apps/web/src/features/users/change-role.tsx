'use client';

import type { Role } from '@blastwise/contracts';
import { Field, Select, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import { ROLE_OPTIONS, ROLE_WORDS } from './roles.ts';
import type { User } from './users-page.tsx';

export function ChangeRole({ user, onClose }: { user: User; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [role, setRole] = useState<Role>(user.role);
  const change = useMutation(
    trpc.users.setRole.mutationOptions({
      onSuccess: (changed) => {
        queryClient.invalidateQueries(trpc.users.pathFilter());
        toast({
          title: `${changed.name} is now ${ROLE_WORDS[changed.role].label.toLowerCase()}`,
          tone: 'good',
        });
        onClose();
      },
    }),
  );
  return (
    <SignedDialog
      signs
      title={`Role of ${user.name}`}
      action="Change role"
      fields={['role']}
      error={change.error}
      busy={change.isPending || role === user.role}
      onSubmit={(signature) => change.mutate({ id: user.id, role, ...signature })}
      onClose={onClose}
    >
      {(errors) => (
        <Field label="Role" error={errors.role}>
          {(control) => <Select {...control} value={role} onChange={setRole} options={ROLE_OPTIONS} />}
        </Field>
      )}
    </SignedDialog>
  );
}
