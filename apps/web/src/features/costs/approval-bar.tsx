'use client';

import { Button, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import { useProfile } from '../shell/index.ts';
import { RejectDialog } from './reject-dialog.tsx';
import type { CostVersion } from './types.ts';

/** Says who may decide on a proposal, and lets them. */
export function ApprovalBar({ version }: { version: CostVersion }) {
  const profile = useProfile();
  const [asking, setAsking] = useState<'activate' | 'reject' | null>(null);
  const own = version.proposedBy?.id === profile.id;
  const drewUp = version.createdBy?.id === profile.id;
  return (
    <div className="mb-6 flex items-center gap-3 rounded-md bg-warn-soft px-4 py-2.5">
      <p className="flex-1 text-sm text-ink-2">
        {own
          ? 'You proposed this version. Another admin must activate it; you may withdraw it by rejecting it.'
          : drewUp
            ? 'You drew this version up. Another admin must activate it; you may reject it.'
            : `${version.proposedBy?.name ?? 'Another admin'} proposed this version. You may activate or reject it.`}
      </p>
      <Button variant="danger" onClick={() => setAsking('reject')}>
        Reject…
      </Button>
      {own || drewUp ? null : (
        <Button variant="primary" onClick={() => setAsking('activate')}>
          Activate…
        </Button>
      )}
      {asking === 'activate' ? <Activate version={version} onClose={() => setAsking(null)} /> : null}
      {asking === 'reject' ? (
        <RejectDialog version={version} words="Reject" onClose={() => setAsking(null)} />
      ) : null}
    </div>
  );
}

function Activate({ version, onClose }: { version: CostVersion; onClose: () => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const activate = useMutation(
    trpc.costs.activate.mutationOptions({
      onSuccess: ({ redecided }) => {
        onClose();
        toast({
          title: `Version ${version.version} is in force`,
          text: `${redecided} unsettled ${redecided === 1 ? 'field was' : 'fields were'} decided again.`,
          tone: 'good',
        });
      },
    }),
  );
  return (
    <SignedDialog
      title={`Activate version ${version.version}`}
      description="From now on it decides every field that is not settled. Your name, the time and the reason are recorded."
      action="Activate"
      signs
      error={activate.error}
      busy={activate.isPending}
      onSubmit={(signature) => activate.mutate({ id: version.id, ...signature })}
      onClose={onClose}
    />
  );
}
