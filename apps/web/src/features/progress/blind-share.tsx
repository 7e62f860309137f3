'use client';

import { Button, Field, Input, useToast } from '@blastwise/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';

const percents = (share: number): string => String(Math.round(share * 1000) / 10);

/** How many of the accepted cases go to blind review; changed with a reason. */
export function BlindShare() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data } = useQuery(trpc.settings.get.queryOptions());
  const [draft, setDraft] = useState<string | null>(null);
  const change = useMutation(
    trpc.settings.setBlindShare.mutationOptions({
      onSuccess: ({ blindShare }) => {
        queryClient.invalidateQueries(trpc.settings.pathFilter());
        setDraft(null);
        toast({ title: `${percents(blindShare)} % of the cases go to blind review`, tone: 'good' });
      },
    }),
  );
  if (!data) return null;
  return (
    <>
      <span className="tabular text-xs whitespace-nowrap text-ink-2">
        {percents(data.blindShare)} % of new cases are reviewed blind
      </span>
      <Button onClick={() => setDraft(percents(data.blindShare))}>Change share…</Button>
      {draft === null ? null : (
        <SignedDialog
          title="Share of blind reviews"
          description="Holds for cases accepted from now on. Chance draws them; nobody chooses."
          action="Change"
          signs={false}
          fields={['share']}
          error={change.error}
          busy={change.isPending}
          onSubmit={({ reason }) => change.mutate({ share: Number(draft) / 100, reason })}
          onClose={() => setDraft(null)}
        >
          {(errors) => (
            <Field label="Share, %" error={errors.share}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  required
                  min={0}
                  max={100}
                  step={0.1}
                  value={draft}
                  onChange={(event) => setDraft(event.target.value)}
                />
              )}
            </Field>
          )}
        </SignedDialog>
      )}
    </>
  );
}
