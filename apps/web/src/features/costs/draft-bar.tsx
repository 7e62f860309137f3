'use client';

import { Button, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import { useProfile } from '../shell/index.ts';
import { RejectDialog } from './reject-dialog.tsx';
import type { CostVersion, DraftStart } from './types.ts';
import { useBasis } from './use-basis.ts';
import { startFromDraft } from './version-start.ts';

/** What can become of a draft: proposed as it stands, changed, or discarded. */
export function DraftBar(props: {
  version: CostVersion;
  active: CostVersion;
  onDrawUp: (start: DraftStart) => void;
}) {
  const { version, active } = props;
  const profile = useProfile();
  const basis = useBasis(version);
  const [asking, setAsking] = useState<'propose' | 'discard' | null>(null);
  const own = version.createdBy?.id === profile.id;
  return (
    <div className="mb-6 flex items-center gap-3 rounded-md bg-sunken px-4 py-2.5">
      <p className="flex-1 text-sm text-ink-2">
        {own
          ? 'Your draft: nobody is asked to decide on it yet.'
          : `A draft by ${version.createdBy?.name ?? 'another admin'}: whoever proposes it, neither of you activates it.`}
      </p>
      <Button variant="danger" onClick={() => setAsking('discard')}>
        Discard…
      </Button>
      <Button
        disabled={basis.data === undefined}
        onClick={() => props.onDrawUp(startFromDraft(version, active, { own, basis: basis.data ?? null }))}
      >
        Change
      </Button>
      <Button variant="primary" onClick={() => setAsking('propose')}>
        Propose…
      </Button>
      {asking === 'propose' ? <Propose version={version} onClose={() => setAsking(null)} /> : null}
      {asking === 'discard' ? (
        <RejectDialog version={version} words="Discard" onClose={() => setAsking(null)} />
      ) : null}
    </div>
  );
}

function Propose({ version, onClose }: { version: CostVersion; onClose: () => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const propose = useMutation(
    trpc.costs.proposeDraft.mutationOptions({
      onSuccess: () => {
        onClose();
        toast({ title: `Version ${version.version} is proposed`, tone: 'good' });
      },
    }),
  );
  return (
    <SignedDialog
      title={`Propose version ${version.version}`}
      description="Another admin can then activate or reject it."
      action="Propose"
      reason={version.reason ?? ''}
      signs={false}
      error={propose.error}
      busy={propose.isPending}
      onSubmit={({ reason }) => propose.mutate({ id: version.id, reason })}
      onClose={onClose}
    />
  );
}
