'use client';

import { graveSeveritySchema } from '@blastwise/contracts';
import { Button, Field, Select, useToast } from '@blastwise/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import { gravityText } from './senior-words.ts';

const GRAVE = graveSeveritySchema.options;
const NONE = 'none';
type From = (typeof GRAVE)[number] | typeof NONE;

/** From the given severity on. */
const andWorse = (from: From) => (from === NONE ? [] : GRAVE.slice(GRAVE.indexOf(from)));

const LIMITS: readonly From[] = [...GRAVE.toReversed(), NONE];
const CHOICES = LIMITS.map((from) => {
  const text = gravityText(andWorse(from));
  return { value: from, label: `${text.charAt(0).toUpperCase()}${text.slice(1)}` };
});

/** How grave an error is that readers do not settle alone; changed with a reason. */
export function SeniorDecides() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const decides = useQuery(trpc.settings.get.queryOptions()).data?.seniorDecides;
  const [draft, setDraft] = useState<From | null>(null);
  const change = useMutation(
    trpc.settings.setSeniorDecides.mutationOptions({
      onSuccess: ({ seniorDecides }) => {
        queryClient.invalidateQueries(trpc.settings.pathFilter());
        setDraft(null);
        toast({ title: `A senior decides on ${gravityText(seniorDecides)}`, tone: 'good' });
      },
    }),
  );
  if (!decides) return null;
  return (
    <>
      <span className="text-xs whitespace-nowrap text-ink-2">A senior decides on {gravityText(decides)}</span>
      <Button onClick={() => setDraft(GRAVE.find((severity) => decides.includes(severity)) ?? NONE)}>
        Change severity…
      </Button>
      {draft === null ? null : (
        <SignedDialog
          title="What a senior decides on"
          description="Such an error goes to a senior even where readers agree. Holds for readings recorded from now on: a field settled or disputed before stays so until somebody reads it again."
          action="Change"
          signs={false}
          fields={['severities']}
          error={change.error}
          busy={change.isPending}
          onSubmit={({ reason }) => change.mutate({ severities: andWorse(draft), reason })}
          onClose={() => setDraft(null)}
        >
          {(errors) => (
            <Field label="A senior decides on" error={errors.severities}>
              {(control) => <Select {...control} value={draft} onChange={setDraft} options={CHOICES} />}
            </Field>
          )}
        </SignedDialog>
      )}
    </>
  );
}
