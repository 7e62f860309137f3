'use client';

import { EmptyState, PageHeader } from '@blastwise/ui';
import { Lock } from 'lucide-react';
import { mayRead, useProfile } from '../shell/index.ts';
import { SubmitForm } from './submit-form.tsx';

export function SubmitPage() {
  const profile = useProfile();
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Submit fields" />
      {mayRead(profile) ? (
        <SubmitForm />
      ) : (
        <EmptyState icon={<Lock />} title="Fields are submitted by clinicians">
          Admins look after users, costs and the model; they neither submit nor read fields.
        </EmptyState>
      )}
    </div>
  );
}
