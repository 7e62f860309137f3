'use client';

import { Button, Dialog, Field, Select, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { FormError, SignedDialog } from '../shared/index.ts';
import { useProfile } from '../shell/index.ts';
import type { LockedTestSet, LockedTestUse, RegisteredModel } from './types.ts';
import { openSets, reachOf } from './words.ts';

interface Asked {
  model: RegisteredModel;
  onClose: () => void;
}

/** What may be done with a model: judge a challenger, promote it, go back to an earlier champion. */
export function ModelActions(props: {
  model: RegisteredModel;
  /** The latest use of a locked test set for it, and the latest that came to a verdict. */
  use: LockedTestUse | null;
  standing: LockedTestUse | null;
  sets: readonly LockedTestSet[];
}) {
  const { model, use } = props;
  const profile = useProfile();
  const [asking, setAsking] = useState<'judge' | 'promote' | 'roll back' | null>(null);
  if (model.state === 'champion') return null;
  const waits = use !== null && use.verdict === null && use.failure === null;
  const makers = [...model.trainers, model.registeredBy].filter((person) => person !== null);
  const own = makers.some(({ id }) => id === profile.id);
  const judged = makers.length === 0 && props.standing?.requestedBy.id === profile.id;
  const passed = model.hindrance === null;
  const close = () => setAsking(null);
  return (
    <div className="mb-6 flex flex-wrap items-center gap-2">
      <Button disabled={waits || props.sets.length === 0} onClick={() => setAsking('judge')}>
        {props.standing ? 'Judge again…' : 'Judge…'}
      </Button>
      {passed ? (
        <Button variant="primary" disabled={own || judged} onClick={() => setAsking('promote')}>
          Promote…
        </Button>
      ) : null}
      {model.state === 'retired' ? (
        <Button variant="danger" onClick={() => setAsking('roll back')}>
          Roll back to this model…
        </Button>
      ) : null}
      <p className="text-xs text-ink-3">
        {props.sets.length === 0
          ? 'No locked test set is open, so nothing can be judged.'
          : passed && own
            ? 'You registered this model, or started or resumed a training of it: another admin must promote it.'
            : passed && judged
              ? 'This model was made at the server, and you had it judged: another admin must promote it.'
              : props.standing?.verdict === 'promote'
                ? model.hindrance
                : ''}
      </p>
      {asking === 'judge' ? <Judge model={model} sets={props.sets} onClose={close} /> : null}
      {asking === 'promote' ? <Promote model={model} onClose={close} /> : null}
      {asking === 'roll back' ? <RollBack model={model} onClose={close} /> : null}
    </div>
  );
}

function Judge({ model, sets, onClose }: Asked & { sets: readonly LockedTestSet[] }) {
  const trpc = useTRPC();
  const { open, offered } = openSets(sets, model);
  const [setId, setSetId] = useState(offered?.id);
  const chosen = open.find(({ id }) => id === setId);
  const judge = useMutation(trpc.models.judge.mutationOptions({ onSuccess: onClose }));
  return (
    <Dialog
      open
      onOpenChange={(stays) => (stays ? undefined : onClose())}
      title={`Judge ${model.name}`}
      description="Both models answer the fields of the set, and of the oldest that can judge both, where the challenger may not be worse. Each judgement is one use of either; a set whose budget is spent decides nothing more."
    >
      <div className="flex flex-col gap-4">
        {open.length === 0 ? (
          <p className="text-sm text-ink-2">
            Every locked test set is used up, so the gate is closed. Open another at the server with{' '}
            <code className="font-mono text-xs">blastwise models test-set</code>.
          </p>
        ) : (
          <Field label="Locked test set" hint={chosen && reachOf(chosen, model)}>
            {(field) => (
              <Select
                {...field}
                value={setId}
                onChange={setSetId}
                options={open.map(({ id, name, used, budget }) => ({
                  value: id,
                  label: name,
                  hint: `${budget - used} of ${budget} uses left`,
                }))}
              />
            )}
          </Field>
        )}
        <FormError error={judge.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!setId || judge.isPending}
            onClick={() => (setId ? judge.mutate({ digest: model.digest, setId }) : undefined)}
          >
            Judge
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Promote({ model, onClose }: Asked) {
  const trpc = useTRPC();
  const toast = useToast();
  const promote = useMutation(
    trpc.models.promote.mutationOptions({
      onSuccess: ({ name }) => {
        onClose();
        toast({ title: `${name} is champion`, text: 'It answers as soon as it is loaded.', tone: 'good' });
      },
    }),
  );
  return (
    <SignedDialog
      title={`Promote ${model.name}`}
      description="From now on it analyses every field that waits. Your name, the time and the reason are recorded; one admin can roll back."
      action="Promote"
      signs
      error={promote.error}
      busy={promote.isPending}
      onSubmit={(signature) => promote.mutate({ digest: model.digest, ...signature })}
      onClose={onClose}
    />
  );
}

function RollBack({ model, onClose }: Asked) {
  const trpc = useTRPC();
  const toast = useToast();
  const rollBack = useMutation(
    trpc.models.rollBack.mutationOptions({
      onSuccess: ({ name }) => {
        onClose();
        toast({ title: `Rolled back to ${name}` });
      },
    }),
  );
  return (
    <SignedDialog
      title={`Roll back to ${model.name}`}
      description="It serves again at once, in the place of the present champion. Results stored so far stay; those of unread fields can be analysed again on their pages."
      action="Roll back"
      danger
      signs={false}
      error={rollBack.error}
      busy={rollBack.isPending}
      onSubmit={({ reason }) => rollBack.mutate({ digest: model.digest, reason })}
      onClose={onClose}
    />
  );
}
