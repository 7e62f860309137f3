'use client';

import type { Role } from '@blastwise/contracts';
import { Field, Input, Select, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { PasswordField, SignedDialog, useProfile } from '../shared/index.ts';
import { ROLE_OPTIONS } from './roles.ts';

export function CreateUser({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { singleSignOn } = useProfile();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('clinician');
  const [firstPassword, setFirstPassword] = useState('');
  const create = useMutation(
    trpc.users.create.mutationOptions({
      onSuccess: (user) => {
        queryClient.invalidateQueries(trpc.users.pathFilter());
        toast({ title: `${user.name} can now sign in`, tone: 'good' });
        onClose();
      },
    }),
  );
  return (
    <SignedDialog
      signs
      title="Add a user"
      action="Add"
      fields={['name', 'email', 'role', 'firstPassword']}
      error={create.error}
      busy={create.isPending}
      onSubmit={(signature) =>
        create.mutate({ name, email, role, firstPassword: firstPassword || undefined, ...signature })
      }
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Field label="Name" error={errors.name}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="E-mail" error={errors.email}>
            {(control) => (
              <Input
                {...control}
                type="email"
                required
                autoComplete="off"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label="Role" error={errors.role}>
            {(control) => <Select {...control} value={role} onChange={setRole} options={ROLE_OPTIONS} />}
          </Field>
          <PasswordField
            label="First password"
            hint={`At least 12 characters; the user chooses another at the first sign-in.${
              singleSignOn ? ` None for who signs on with ${singleSignOn}.` : ''
            }`}
            fresh
            optional={singleSignOn !== null}
            value={firstPassword}
            onChange={setFirstPassword}
            error={errors.firstPassword}
          />
        </>
      )}
    </SignedDialog>
  );
}
