'use client';

import { Button, EmptyState, PageHeader, ScrollRegion, Skeleton } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { GraduationCap } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { ActiveTraining } from './active-training.tsx';
import { GroundCounts } from './ground-counts.tsx';
import { RequestTraining } from './request-training.tsx';
import { TrainingList } from './training-list.tsx';
import { hindrance } from './training-words.ts';

/** What there is to learn from, the training under way, and those before it. */
export function TrainingPage() {
  const trpc = useTRPC();
  const ground = useQuery(trpc.trainings.ground.queryOptions());
  const list = useQuery(trpc.trainings.list.queryOptions());
  const [asking, setAsking] = useState(false);
  const failed = [ground, list].find((query) => query.isError && !query.data);
  const loaded = ground.data && list.data ? { ground: ground.data, trainings: list.data } : null;
  const why = loaded ? hindrance(loaded.ground, loaded.trainings) : null;
  const active = loaded?.trainings.find(({ state }) => state === 'queued' || state === 'running');
  const ended = loaded?.trainings.filter((training) => training !== active) ?? [];
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Training">
        <p className="hidden min-w-0 truncate text-xs text-ink-3 lg:block">
          The model in service, from its own fields and settled ones, on this installation.
        </p>
        <span className="flex-1" />
        {why ? (
          <span id="training-hindrance" className="text-xs text-ink-3">
            {why}
          </span>
        ) : null}
        <Button
          variant="primary"
          disabled={!loaded || why !== null}
          aria-describedby={why ? 'training-hindrance' : undefined}
          onClick={() => setAsking(true)}
        >
          <GraduationCap /> Retrain…
        </Button>
      </PageHeader>
      <ScrollRegion label="Training" className="flex-1">
        {loaded ? (
          <div className="mx-auto flex max-w-[64rem] flex-col gap-8 px-7 py-6">
            <GroundCounts ground={loaded.ground} />
            {active ? <ActiveTraining training={active} /> : null}
            {ended.length > 0 ? (
              <TrainingList trainings={ended} blocked={active !== undefined} />
            ) : active ? null : (
              <EmptyState icon={<GraduationCap />} title="Nothing was trained here yet">
                A training learns from fields that readers have settled. Its result does not go into service
                by itself.
              </EmptyState>
            )}
          </div>
        ) : failed ? (
          <LoadError error={failed.error} onRetry={() => failed.refetch()} />
        ) : (
          <Skeleton className="m-7 h-96 max-w-[64rem]" />
        )}
      </ScrollRegion>
      {asking && loaded ? <RequestTraining ground={loaded.ground} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}
