'use client';

import type { CostMatrix } from '@blastwise/contracts';
import { cn, Skeleton } from '@blastwise/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { CostComparisonTable } from './cost-comparison.tsx';
import { FlipTable } from './flip-table.tsx';
import { leftOutWords } from './flip-words.ts';
import { OutcomeWords } from './outcome-words.tsx';
import type { CostPreview } from './types.ts';

/** How many decisions on unsettled fields a matrix would change, and which. Null: the draft is not valid yet. */
export function PreviewImpact({ costs }: { costs: CostMatrix | null }) {
  const trpc = useTRPC();
  const settled = useSettled(costs);
  const preview = useQuery({
    ...trpc.costs.preview.queryOptions({ costs: settled ?? EMPTY }, { placeholderData: keepPreviousData }),
    enabled: settled !== null,
  });
  if (preview.isError) return <LoadError error={preview.error} onRetry={() => preview.refetch()} />;
  if (!preview.data) return <Skeleton className="h-24" />;
  return (
    <div className={cn('transition-opacity', preview.isFetching && 'opacity-70')}>
      <Impact preview={preview.data} />
      {settled ? (
        <>
          <FlipTable costs={settled} of="unsettled" />
          <FlipTable costs={settled} of="settled" />
        </>
      ) : null}
    </div>
  );
}

const EMPTY: CostMatrix = {
  stages: ['Benign', 'Early', 'Pre', 'Pro'],
  matrix: [
    [0, 1, 1, 1],
    [1, 0, 1, 1],
    [1, 1, 0, 1],
    [1, 1, 1, 0],
  ],
  referralCost: 1,
};

/** The last valid costs, a moment after typing has stopped. */
function useSettled(costs: CostMatrix | null): CostMatrix | null {
  const [settled, setSettled] = useState(costs);
  const key = JSON.stringify(costs);
  useEffect(() => {
    const timer = setTimeout(() => {
      const latest: CostMatrix | null = JSON.parse(key);
      if (latest) setSettled((old) => (JSON.stringify(old) === key ? old : latest));
    }, 250);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}

function Impact({ preview }: { preview: CostPreview }) {
  return (
    <div aria-live="polite">
      {preview.replayed === 0 ? (
        <p className="text-sm text-ink-3">No unsettled field to show. New fields would be decided by it.</p>
      ) : (
        <Changes preview={preview} />
      )}
      {leftOutWords(preview).map((sentence) => (
        <p key={sentence} className="mt-1 text-xs text-ink-2">
          {sentence}
        </p>
      ))}
      {preview.expected || preview.realised ? <CostComparisonTable {...preview} /> : null}
    </div>
  );
}

/** Which decisions on unsettled fields would change. */
function Changes({ preview }: { preview: CostPreview }) {
  const referrals = preview.referredAfter - preview.referredBefore;
  return (
    <>
      <p className="text-sm">
        <b className="tabular text-lg font-semibold">{preview.changed}</b> of {preview.replayed} unsettled{' '}
        {preview.replayed === 1 ? 'decision' : 'decisions'} would change
        <span className="text-ink-2">
          {'; '}deferred {preview.referredBefore} → {preview.referredAfter}
          {referrals === 0 ? '' : ` (${referrals > 0 ? '+' : '−'}${Math.abs(referrals)})`}.
        </span>
      </p>
      {preview.transitions.length > 0 ? (
        <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
          {preview.transitions.map((t) => (
            <li key={`${t.from}-${t.to}`} className="tabular inline-flex items-center gap-2 text-sm">
              <b className="font-semibold">{t.fields}</b>
              <OutcomeWords outcome={t.from} />
              <ArrowRight aria-label="become" className="size-3.5 text-ink-3" />
              <OutcomeWords outcome={t.to} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
