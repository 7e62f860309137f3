'use client';

import { cn, EmptyState, Select, Skeleton } from '@blastwise/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { Compared } from './compared.tsx';
import type { RegisteredModel } from './types.ts';
import { modelLabel } from './words.ts';

const AT_ONCE = 50;

/** Two models side by side, field by field, from the answers that their judgements kept. */
export function CompareModels({
  models,
  shown,
}: {
  models: readonly RegisteredModel[];
  shown: RegisteredModel;
}) {
  const champion = models.find(({ state }) => state === 'champion') ?? shown;
  const other =
    shown.digest === champion.digest ? models.find(({ digest }) => digest !== champion.digest) : shown;
  const [chosen, setChosen] = useState({ first: champion.digest, second: other?.digest ?? champion.digest });
  const choose = (side: 'first' | 'second') => (digest: string) => setChosen({ ...chosen, [side]: digest });
  const [first, second] = [
    models.find(({ digest }) => digest === chosen.first) ?? champion,
    models.find(({ digest }) => digest === chosen.second) ?? champion,
  ];
  if (models.length < 2)
    return (
      <EmptyState icon={<Columns2 />} title="There is only one model">
        A second one comes from a training here or is registered at the server. Once it has been judged, every
        field on which it parts with this one is shown side by side.
      </EmptyState>
    );
  return (
    <section aria-label="Comparison" className="px-7 py-6">
      <div className="mb-5 grid max-w-[46rem] grid-cols-2 gap-4">
        <Choice label="First model" models={models} value={first.digest} onChange={choose('first')} />
        <Choice label="Second model" models={models} value={second.digest} onChange={choose('second')} />
      </div>
      {first.digest === second.digest ? (
        <p className="text-sm text-ink-3">Choose two different models.</p>
      ) : (
        <Comparison key={`${first.digest} ${second.digest}`} first={first} second={second} />
      )}
    </section>
  );
}

function Choice(props: {
  label: string;
  models: readonly RegisteredModel[];
  value: string;
  onChange: (digest: string) => void;
}) {
  return (
    <div>
      <p className="eyebrow mb-1" aria-hidden="true">
        {props.label}
      </p>
      <Select
        aria-label={props.label}
        value={props.value}
        onChange={props.onChange}
        options={props.models.map((model) => ({
          value: model.digest,
          label: modelLabel(model),
          hint: model.state,
        }))}
      />
    </div>
  );
}

function Comparison({ first, second }: { first: RegisteredModel; second: RegisteredModel }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, isError, error, refetch, isFetching } = useQuery(
    trpc.models.compare.queryOptions(
      { first: first.digest, second: second.digest, limit },
      { placeholderData: keepPreviousData },
    ),
  );
  if (isError) return <LoadError error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton className="h-96 max-w-[60rem]" />;
  if (data.total === 0)
    return (
      <EmptyState icon={<Columns2 />} title="No field was put to both models">
        Judge one against the other, or both on the same locked test set: a judgement keeps what each model
        said of every field. Judgements of earlier versions of this product kept only their figures.
      </EmptyState>
    );
  return (
    <div className={cn('transition-opacity', isFetching && 'opacity-70')}>
      <Compared
        comparison={data}
        first={first}
        second={second}
        onMore={() => setLimit(limit + 4 * AT_ONCE)}
      />
    </div>
  );
}
