'use client';

import { Button, checkDraft, costChanges, Field, Input, MatrixEditor, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { FormError, fieldErrorsOf, ReasonField } from '../shared/index.ts';
import { asCostMatrix } from './as-cost-matrix.ts';
import { DominanceWarnings } from './dominance-warnings.tsx';
import { PreviewImpact } from './preview-impact.tsx';
import type { CostVersion, DraftStart } from './types.ts';
import { useCostForm } from './use-cost-form.ts';

/** Draws up a version from the one in force, another's numbers or computed costs, with what it would change beside it. */
export function ProposalForm(props: {
  active: CostVersion;
  start: DraftStart | null;
  onDone: (version: CostVersion) => void;
  onCancel: () => void;
}) {
  const { active } = props;
  const { form, change, forget } = useCostForm(active, props.start);
  const { draft, name, reason, computed, replaces } = form;
  const costs = asCostMatrix(checkDraft(draft).costs);
  const changes = costs ? costChanges(active.costs, costs).length : null;
  const { propose, save, error } = useDrawUp((version) => {
    forget();
    props.onDone(version);
  });
  const busy = propose.isPending || save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.reset();
    if (costs) propose.mutate({ name, costs, reason, computed, replaces });
  };
  const keep = () => {
    propose.reset();
    if (costs) save.mutate({ name, costs, reason, computed, replaces });
  };
  const errors = fieldErrorsOf(error);
  return (
    <form onSubmit={submit} className="mx-auto max-w-[64rem] px-7 py-6">
      <header className="mb-4 flex items-baseline gap-3">
        <h2 className="text-xl font-semibold tracking-tight">New version</h2>
        <p className="text-sm text-ink-3">
          against v{active.version}, {active.name}
        </p>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)_17rem] gap-x-10 gap-y-6">
        <div>
          <MatrixEditor
            draft={draft}
            onChange={(changed) => change({ draft: changed })}
            active={active.costs}
            sliders
          />
          <DominanceWarnings costs={costs} />
        </div>
        <div className="flex flex-col gap-4">
          <Field label="Name" error={errors.name}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                value={name}
                onChange={(event) => change({ name: event.target.value })}
                placeholder="Missed leukemia weighs more"
              />
            )}
          </Field>
          <ReasonField
            value={reason}
            onChange={(text) => change({ reason: text })}
            error={errors.reason}
            rows={4}
          />
          {computed ? (
            <p className="text-xs text-ink-3">
              Starts from computed costs: who approves it is shown what they rest on, and which you changed by
              hand.{' '}
              <button
                type="button"
                className="text-accent underline underline-offset-2"
                onClick={() => change({ computed: null })}
              >
                Leave that out
              </button>
            </p>
          ) : null}
          <FormError error={error} fields={['name', 'reason']} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" disabled={!costs || changes === 0 || busy}>
              Propose
            </Button>
            <Button disabled={!costs || busy} onClick={keep}>
              Save as draft
            </Button>
            <Button
              onClick={() => {
                forget();
                props.onCancel();
              }}
            >
              Cancel
            </Button>
          </div>
          <p className="text-xs text-ink-3">
            {changes === 0
              ? 'Nothing differs from the version in force yet.'
              : changes === null
                ? ''
                : `${changes} ${changes === 1 ? 'cost differs' : 'costs differ'} from the version in force.`}
            {replaces ? ' Your draft is discarded for it.' : ''}
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

/** Proposing at once, and saving as a draft; the latest refusal of either. */
function useDrawUp(onDone: (version: CostVersion) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const done = (words: { title: string; text: string }) => async (version: CostVersion) => {
    await queryClient.invalidateQueries(trpc.costs.pathFilter());
    toast({ title: `Version ${version.version} ${words.title}`, text: words.text, tone: 'good' });
    onDone(version);
  };
  const propose = useMutation(
    trpc.costs.propose.mutationOptions({
      onSuccess: done({ title: 'is proposed', text: 'Another admin can now activate or reject it.' }),
    }),
  );
  const save = useMutation(
    trpc.costs.draft.mutationOptions({
      onSuccess: done({ title: 'is a draft', text: 'Nobody is asked to decide on it yet.' }),
    }),
  );
  return { propose, save, error: propose.error ?? save.error };
}
