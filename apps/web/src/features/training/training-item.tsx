'use client';

import { Badge, Button, type Tone, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../../trpc/client.tsx';
import { caseUrl, FormError, Moment } from '../shared/index.ts';
import { EpochPlots } from './epoch-plots.tsx';
import { endOf, KIND_WORDS, kindOf, passedOverText } from './training-words.ts';
import { epochsOf, type Training } from './types.ts';

const STATE_TONE: Readonly<Record<Training['state'], Tone>> = {
  queued: 'neutral',
  running: 'accent',
  finished: 'good',
  failed: 'bad',
  cancelled: 'neutral',
};

/** One training that has ended: who, when, why, what came out, and what was left out of it. */
export function TrainingItem({ training, blocked }: { training: Training; blocked: boolean }) {
  const { state, requestedBy, requestedAt, reason, resultDigest, outcome, costWeight, seed } = training;
  const epochs = epochsOf(training);
  return (
    <article>
      <header className="flex items-center gap-3">
        <Badge tone={STATE_TONE[state]}>{state}</Badge>
        <h3 className="min-w-0 flex-1 truncate text-sm font-medium">{reason}</h3>
        <span className="text-xs text-ink-3">
          {requestedBy?.name ?? 'At the server’s command line'}, <Moment at={requestedAt} />
        </span>
        {state === 'failed' || state === 'cancelled' ? (
          <Resume training={training} blocked={blocked} />
        ) : null}
      </header>
      <p className="tabular mt-1.5 text-sm text-ink-2">
        <span className="text-ink-3">{kindOf(training)}.</span> {endOf(training)}
      </p>
      {training.passedOver ? <PassedOver training={training} fields={training.passedOver.fields} /> : null}
      {outcome && outcome.quarantined.length > 0 ? <Quarantined fields={outcome.quarantined} /> : null}
      {outcome?.withdrawn ? <Withdrawn fields={outcome.withdrawn} /> : null}
      <details className="mt-2 text-xs text-ink-3">
        <summary className="w-fit cursor-pointer">Details</summary>
        <dl className="tabular mt-2 grid w-fit grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {resultDigest ? <Digest label="Model" digest={resultDigest} /> : null}
          <Digest label="Base" digest={training.baseDigest} />
          <Digest label="Manifest" digest={training.manifestSha256} />
          <dt>Trained</dt>
          <dd>{kindOf(training)}</dd>
          <dt>Settled fields</dt>
          <dd>{training.fields}</dd>
          <dt>Cost matrix</dt>
          <dd>
            version {training.costMatrixVersion}
            {costWeight === null ? ', not in the loss' : `, in the loss with weight ${costWeight}`}
          </dd>
          <dt>Seed</dt>
          <dd>{seed}</dd>
        </dl>
        {epochs.length > 0 ? <EpochPlots epochs={epochs} of={epochs.length} className="mt-4" /> : null}
      </details>
    </article>
  );
}

function Digest({ label, digest }: { label: string; digest: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="font-mono text-2xs break-all select-all">{digest}</dd>
    </>
  );
}

type Outcome = NonNullable<Training['outcome']>;
type QuarantinedFields = Outcome['quarantined'];

function Quarantined({ fields }: { fields: QuarantinedFields }) {
  return (
    <div className="mt-2 text-sm">
      <h4 className="eyebrow">Left out, for they show what a held-out image shows</h4>
      <ul>
        {fields.map(({ id, caseId, kind, against }) => (
          <li key={id} className="text-ink-2">
            <CaseLink id={caseId} />, {KIND_WORDS[kind]} of {against}
          </li>
        ))}
      </ul>
    </div>
  );
}

function PassedOver({ training, fields }: { training: Training; fields: NamedFields }) {
  return (
    <div className="mt-2 text-sm">
      <h4 className="eyebrow">Base before the model in service</h4>
      <p className="text-ink-2">{passedOverText(training)}</p>
      <CaseLinks fields={fields} />
    </div>
  );
}

function Withdrawn({ fields }: { fields: NonNullable<Outcome['withdrawn']> }) {
  return (
    <div className="mt-2 text-sm">
      <h4 className="eyebrow">
        Left out now though a model before learned from them: no longer settled, or held out since
      </h4>
      <CaseLinks fields={fields} />
    </div>
  );
}

type NamedFields = NonNullable<Training['passedOver']>['fields'];

const CaseLinks = ({ fields }: { fields: NamedFields }) => (
  <ul>
    {fields.map(({ id, caseId }) => (
      <li key={id} className="text-ink-2">
        <CaseLink id={caseId} />
      </li>
    ))}
  </ul>
);

const CaseLink = ({ id }: { id: string | null }) =>
  id === null ? (
    'A field of another installation'
  ) : (
    <Link href={caseUrl(id)} className="text-accent underline underline-offset-2">
      Case {id.slice(-6)}
    </Link>
  );

function Resume({ training, blocked }: { training: Training; blocked: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const resume = useMutation(
    trpc.trainings.resume.mutationOptions({
      onSuccess: () => {
        queryClient.invalidateQueries(trpc.trainings.pathFilter());
        toast({ title: 'The training is queued again', tone: 'good' });
      },
    }),
  );
  return (
    <>
      <FormError error={resume.error} />
      <Button
        size="sm"
        disabled={blocked || resume.isPending}
        aria-label={`Resume the training “${training.reason}”`}
        onClick={() => resume.mutate({ id: training.id })}
      >
        Resume
      </Button>
    </>
  );
}
