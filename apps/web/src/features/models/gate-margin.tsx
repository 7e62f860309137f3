'use client';

import { GATE_LARGEST_MARGIN } from '@blastwise/contracts';
import { Button, Field, Input, useToast } from '@blastwise/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import { marginText } from './words.ts';

/** By how much a challenger may miss more leukemia; changed with a reason. */
export function GateMargin() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const margin = useQuery(trpc.settings.get.queryOptions()).data?.gateMargin;
  const [draft, setDraft] = useState<string | null>(null);
  const change = useMutation(
    trpc.settings.setGateMargin.mutationOptions({
      onSuccess: ({ gateMargin }) => {
        queryClient.invalidateQueries(trpc.settings.pathFilter());
        queryClient.invalidateQueries(trpc.models.pathFilter());
        setDraft(null);
        toast({ title: `The margin is ${marginText(gateMargin)}`, tone: 'good' });
      },
    }),
  );
  if (margin === undefined) return null;
  return (
    <section aria-label="Gate" className="border-t border-rule px-5 py-3">
      <h2 className="eyebrow py-1.5">Gate</h2>
      <div className="flex items-center justify-between gap-3">
        <p className="text-xs text-ink-2">
          Malignant fields called Benign may rise by {marginText(margin)} at most.
        </p>
        <Button size="sm" onClick={() => setDraft(String(Number((100 * margin).toPrecision(6))))}>
          Change margin…
        </Button>
      </div>
      {draft === null ? null : (
        <SignedDialog
          title="Margin of the gate"
          description="Holds for judgements asked for from now on; a verdict keeps the margin that it was given under. A verdict under a wider margin than the one in force promotes nobody. Who sets it above 1 point neither makes nor promotes a model by it."
          action="Change"
          signs={false}
          error={change.error}
          busy={change.isPending}
          onSubmit={({ reason }) => change.mutate({ margin: Number(draft) / 100, reason })}
          onClose={() => setDraft(null)}
        >
          {(errors) => (
            <Field
              label="Percentage points"
              hint="By which the rate of malignant fields called Benign may rise, with 95 % confidence."
              error={errors.margin}
            >
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  required
                  min={0}
                  max={100 * GATE_LARGEST_MARGIN}
                  step="any"
                  value={draft}
                  onChange={(event) => setDraft(event.target.value)}
                />
              )}
            </Field>
          )}
        </SignedDialog>
      )}
    </section>
  );
}
