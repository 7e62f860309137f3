'use client';

import { PageHeader, ScrollRegion, Select, Skeleton } from '@blastwise/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { BlindShare } from './blind-share.tsx';
import { CourseSection } from './course-section.tsx';
import {
  agreementText,
  costUnit,
  drawnText,
  flipsText,
  sampleText,
  shareUnit,
  trendText,
} from './progress-words.ts';
import type { Progress } from './types.ts';

const STEPS = [
  { value: 'week', label: 'By week' },
  { value: 'cases', label: 'By 20 cases' },
] as const;

/** What wrong answers cost over time, and how often readers overrule them. */
export function ProgressPage() {
  const trpc = useTRPC();
  const versions = useQuery(trpc.costs.list.queryOptions()).data ?? [];
  const [costMatrixId, setCostMatrixId] = useState<string | null>(null);
  const [by, setBy] = useState<(typeof STEPS)[number]['value']>('week');
  const { data, isError, error, refetch } = useQuery(
    trpc.progress.get.queryOptions(
      { by, ...(costMatrixId ? { costMatrixId } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Progress">
        <span className="flex-1" />
        <BlindShare />
        <Select
          aria-label="Costs of"
          value={data?.costMatrix.id}
          placeholder="Costs"
          onChange={setCostMatrixId}
          options={versions.map(({ id, version, name }) => ({
            value: id,
            label: `Costs v${version}: ${name}`,
          }))}
          className="w-60"
        />
        <Select aria-label="Steps" value={by} onChange={setBy} options={STEPS} className="w-34" />
      </PageHeader>
      <ScrollRegion label="Progress" className="flex-1">
        {data ? (
          <ProgressView progress={data} />
        ) : isError ? (
          <LoadError error={error} onRetry={() => refetch()} />
        ) : (
          <Skeleton className="m-7 h-96" />
        )}
      </ScrollRegion>
    </div>
  );
}

export function ProgressView({ progress }: { progress: Progress }) {
  const { cost, trend, sample, agreement, override, flips, leastPatients, costMatrix } = progress;
  return (
    <div className="mx-auto flex max-w-[66rem] flex-col gap-8 px-7 py-6">
      <section className="max-w-[52rem]">
        <h2 className="text-base font-semibold">Is it getting better?</h2>
        <p className="tabular mt-1 text-sm font-medium">{trendText(trend, leastPatients)}</p>
        <p className="tabular mt-1 text-xs text-ink-3">{drawnText(sample)}</p>
      </section>
      <CourseSection
        title="Cost per 100 cases"
        sample={sampleText(cost, 'read in blind review', leastPatients)}
        course={cost}
        unit={costUnit}
      />
      <p className="-mt-5 max-w-[52rem] text-xs text-ink-3">
        All history under the costs of version {costMatrix.version}, so that cheaper costs do not look like
        better answers. Corrected cases are no fair sample; these were drawn by chance when they were
        accepted. True is what a senior, flow cytometry or genetics settled, else what the first reader said
        before seeing the AI. A deferred field costs a second reading. 95 % intervals draw whole patients.
        {cost.notAssessable > 0
          ? ` Left out: ${cost.notAssessable} ${cost.notAssessable === 1 ? 'field' : 'fields'} that the reader could not assess.`
          : ''}
      </p>
      <CourseSection
        title="Overridden answers"
        sample={sampleText(override, 'whose first reader saw the answer', leastPatients)}
        course={override}
        unit={shareUnit}
      />
      <section className="text-sm text-ink-2">
        <h2 className="text-base font-semibold text-ink">Readers</h2>
        <p className="mt-1">{agreementText(agreement)}</p>
        <p className="mt-1">{flipsText(flips)}</p>
        <p className="mt-1">
          <Link href="/agreement" className="text-accent underline underline-offset-2">
            How far readers agree with each other
          </Link>
        </p>
      </section>
    </div>
  );
}
