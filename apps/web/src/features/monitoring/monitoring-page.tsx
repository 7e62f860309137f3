'use client';

import type { DriftQuantity } from '@blastwise/contracts';
import { EmptyState, PageHeader, ScrollRegion, Skeleton } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { Alarms } from './alarms.tsx';
import { INPUTS, OUTPUTS, STATISTIC_MEANINGS, seriesText } from './drift-words.ts';
import { QuantityCard } from './quantity-card.tsx';
import type { Monitoring, Watched } from './types.ts';

/** Whether the images and the answers of now are like those of the model's first cases here. */
export function MonitoringPage() {
  const trpc = useTRPC();
  const { data, isError, error, refetch } = useQuery(trpc.monitoring.get.queryOptions());
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Monitoring">
        <p className="hidden min-w-0 truncate text-xs text-ink-3 lg:block">
          Each window of cases against the first ones that were analysed here.
        </p>
      </PageHeader>
      <ScrollRegion label="Monitoring" className="flex-1">
        {data ? (
          <MonitoringView monitoring={data} />
        ) : isError ? (
          <LoadError error={error} onRetry={() => refetch()} />
        ) : (
          <Skeleton className="m-7 h-96" />
        )}
      </ScrollRegion>
    </div>
  );
}

export function MonitoringView({ monitoring: { watched, alarms } }: { monitoring: Monitoring }) {
  return (
    <div className="mx-auto flex max-w-[76rem] flex-col gap-7 px-7 py-6">
      <section aria-label="Alarms">
        <h2 className="mb-2 text-base font-semibold">Alarms</h2>
        <Alarms alarms={alarms} />
      </section>
      {watched ? (
        <>
          <section>
            <h2 className="text-base font-semibold">{watched.modelName}</h2>
            <ul className="tabular text-sm text-ink-2">
              {watched.series.map((series) => (
                <li key={series.series}>{seriesText(series)}</li>
              ))}
            </ul>
            <p className="mt-2 flex items-center gap-4 text-xs text-ink-3">
              <span className="flex items-center gap-1.5">
                <span aria-hidden="true" className="size-3 border-[1.5px] border-ink" /> reference
              </span>
              <span className="flex items-center gap-1.5">
                <span aria-hidden="true" className="size-3 bg-accent/55" /> latest window
              </span>
              <span>below: the statistic of every window; dashed, where the alarm begins</span>
            </p>
          </section>
          <Quantities title="Images" of={INPUTS} watched={watched} />
          <Quantities title="Answers and readings" of={OUTPUTS} watched={watched} />
          <p className="max-w-[60rem] text-xs text-ink-3">
            Fields of one patient are alike, so every patient counts once. Thresholds come from drawing
            patients of the reference again and again: without drift, at most one window in a hundred raises
            any alarm. Background and stain are compared with the first cases of all, whichever model read
            them; where too few of the first cases have a quantity, the next ones count as well. Demonstration
            cases are left out. An alarm says that something has changed, not that an answer is wrong.
          </p>
          <ul aria-label="Statistics" className="max-w-[60rem] text-xs text-ink-3">
            {Object.values(STATISTIC_MEANINGS).map((meaning) => (
              <li key={meaning}>{meaning}</li>
            ))}
          </ul>
        </>
      ) : (
        <EmptyState icon={<Activity />} title="No model in service">
          Without a model there is nothing to watch.
        </EmptyState>
      )}
    </div>
  );
}

function Quantities(props: { title: string; of: readonly DriftQuantity[]; watched: Watched }) {
  return (
    <section>
      <h2 className="eyebrow mb-2 border-b border-rule pb-1.5">{props.title}</h2>
      <div className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        {props.watched.quantities
          .filter(({ quantity }) => props.of.includes(quantity))
          .map((watched) => (
            <QuantityCard key={watched.quantity} watched={watched} />
          ))}
      </div>
    </section>
  );
}
