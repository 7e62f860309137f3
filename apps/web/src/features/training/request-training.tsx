'use client';

import type { TrainingKind } from '@blastwise/contracts';
import { type Choice, Field, Input, RadioList, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';
import { kindOf } from './training-words.ts';
import type { TrainingGround } from './types.ts';

/** Asks for a training with a reason and, for who wants them, its options. */
export function RequestTraining({ ground, onClose }: { ground: TrainingGround; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [kind, setKind] = useState<TrainingKind>('head');
  const [costWeight, setCostWeight] = useState('');
  const [seed, setSeed] = useState('1');
  const request = useMutation(
    trpc.trainings.request.mutationOptions({
      onSuccess: () => {
        queryClient.invalidateQueries(trpc.trainings.pathFilter());
        toast({ title: 'The training is queued', tone: 'good' });
        onClose();
      },
    }),
  );
  return (
    <SignedDialog
      signs={false}
      title="Retrain"
      description="The result becomes a known model and does not go into service. Predictions go on meanwhile."
      action="Retrain"
      error={request.error}
      busy={request.isPending}
      onSubmit={({ reason }) =>
        request.mutate({
          reason,
          kind,
          costWeight: costWeight.trim() === '' ? null : Number(costWeight),
          seed: Number(seed),
        })
      }
      onClose={onClose}
    >
      {(errors) => (
        <>
          <RadioList label="What is trained" value={kind} onChange={setKind} choices={choicesOf(ground)} />
          <div className="grid grid-cols-2 gap-4">
            <Field
              label="Cost weight in the loss"
              optional
              hint="Empty: the loss is blind to costs."
              error={errors.costWeight}
            >
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={0}
                  max={100}
                  step="any"
                  value={costWeight}
                  onChange={(event) => setCostWeight(event.target.value)}
                />
              )}
            </Field>
            <Field label="Seed" hint="Equal seeds give equal models." error={errors.seed}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  required
                  min={0}
                  max={2_147_483_647}
                  step={1}
                  value={seed}
                  onChange={(event) => setSeed(event.target.value)}
                />
              )}
            </Field>
          </div>
        </>
      )}
    </SignedDialog>
  );
}

/** The head always; the network where its own fields are at hand. */
function choicesOf({ folder }: TrainingGround): Choice<TrainingKind>[] {
  const head: Choice<TrainingKind> = {
    value: 'head',
    label: kindOf({ kind: 'head', folderFields: null }),
    hint: 'Minutes on a CPU. Masks stay as they are.',
  };
  if (!folder || folder.problem) return [head];
  const label = kindOf({ kind: 'network', folderFields: folder.fields });
  return [
    head,
    {
      value: 'network',
      label,
      hint: 'About an hour on a CPU. Masks change, too. It takes a locked test set of images to judge the result.',
    },
  ];
}
