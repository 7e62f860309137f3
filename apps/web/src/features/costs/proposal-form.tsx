'use client';

import { findDominance } from '@blastwise/model/costs';
import {
  Button,
  checkDraft,
  costChanges,
  Field,
  Input,
  MatrixEditor,
  toDraft,
  useToast,
} from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { FormError, fieldErrorsOf, ReasonField } from '../shared/index.ts';
import { asCostMatrix } from './as-cost-matrix.ts';
import { DominanceWarnings } from './dominance-warnings.tsx';
import { PreviewImpact } from './preview-impact.tsx';
import type { CostVersion, DraftStart } from './types.ts';

/** Drafts a version from the one in force or from computed costs, with what it would change beside it. */
export function ProposalForm(props: {
  active: CostVersion;
  start: DraftStart | null;
  onDone: (version: CostVersion) => void;
  onCancel: () => void;
}) {
  const { active, start } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(() => toDraft((start ?? active).costs));
  const [name, setName] = useState(start?.name ?? '');
  const [reason, setReason] = useState(start?.reason ?? '');
  const costs = asCostMatrix(checkDraft(draft).costs);
  const changes = costs ? costChanges(active.costs, costs).length : null;
  const propose = useMutation(
    trpc.costs.propose.mutationOptions({
      onSuccess: async (version) => {
        await queryClient.invalidateQueries(trpc.costs.pathFilter());
        toast({
          title: `Version ${version.version} is proposed`,
          text: 'Another admin can now activate or reject it.',
          tone: 'good',
        });
        props.onDone(version);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (costs) propose.mutate({ name, costs, reason });
  };
  const errors = fieldErrorsOf(propose.error);
  return (
    <form onSubmit={submit} className="mx-auto max-w-[64rem] px-7 py-6">
      <header className="mb-4 flex items-baseline gap-3">
        <h2 className="text-xl font-semibold tracking-tight">New version</h2>
        <p className="text-sm text-ink-3">
          from v{active.version}, {active.name}
        </p>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)_17rem] gap-x-10 gap-y-6">
        <div>
          <MatrixEditor draft={draft} onChange={setDraft} active={active.costs} sliders />
          <DominanceWarnings
            sentences={costs ? findDominance(costs.matrix).map(({ sentence }) => sentence) : []}
          />
        </div>
        <div className="flex flex-col gap-4">
          <Field label="Name" error={errors.name}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                value={name}
                onChange={(event) => setName(event.target.value)}
                placeholder="Missed leukemia weighs more"
              />
            )}
          </Field>
          <ReasonField value={reason} onChange={setReason} error={errors.reason} rows={4} />
          <FormError error={propose.error} />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" disabled={!costs || changes === 0 || propose.isPending}>
              Propose
            </Button>
            <Button onClick={props.onCancel}>Cancel</Button>
          </div>
          <p className="text-xs text-ink-3">
            {changes === 0
              ? 'Nothing differs from the version in force yet.'
              : changes === null
                ? ''
                : `${changes} ${changes === 1 ? 'cost differs' : 'costs differ'} from the version in force.`}
          </p>
        </div>
      </div>
      <section className="mt-5">
        <h3 className="eyebrow mb-2 border-b border-rule pb-1.5">If activated now</h3>
        <PreviewImpact costs={costs} />
      </section>
    </form>
  );
}
