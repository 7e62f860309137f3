'use client';

import type { CostMatrix } from '@blastwise/contracts';
import { cn, costText, percent, Skeleton, StageBadge, Table, Td, Th } from '@blastwise/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { caseUrl, LoadError, thumbUrl } from '../shared/index.ts';
import { CostComparisonTable } from './cost-comparison.tsx';
import type { CostPreview, Outcome } from './types.ts';

/** How many decisions on unread fields a matrix would change, and which. Null: the draft is not valid yet. */
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
      {preview.unreviewed === 0 ? (
        <p className="text-sm text-ink-3">
          No unread field to decide again. New fields would be decided by it.
        </p>
      ) : (
        <Changes preview={preview} />
      )}
      {preview.expected || preview.realised ? <CostComparisonTable {...preview} /> : null}
      {preview.examples.length > 0 ? <Examples preview={preview} /> : null}
    </div>
  );
}

/** Which decisions on unread fields would change. */
function Changes({ preview }: { preview: CostPreview }) {
  const referrals = preview.referredAfter - preview.referredBefore;
  return (
    <>
      <p className="text-sm">
        <b className="tabular text-lg font-semibold">{preview.changed}</b> of {preview.unreviewed} unread{' '}
        {preview.unreviewed === 1 ? 'decision' : 'decisions'} would change
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

function OutcomeWords({ outcome }: { outcome: Outcome }) {
  if (outcome === 'referred') return <span className="font-medium whitespace-nowrap">Deferred</span>;
  return <StageBadge stage={outcome === 'not-assessable' ? null : outcome} />;
}

function Examples({ preview }: { preview: CostPreview }) {
  return (
    <Table aria-label="Fields whose decision would change" className="mt-3">
      <thead>
        <tr>
          <Th className="w-14 pl-0">
            <span className="sr-only">Field</span>
          </Th>
          <Th>Now</Th>
          <Th numeric>Expected cost</Th>
          <Th>Then</Th>
          <Th numeric>Expected cost</Th>
          <Th numeric>Benign</Th>
          <Th className="w-16">
            <span className="sr-only">Case</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {preview.examples.map((example) => (
          <tr key={example.imageId}>
            <Td className="pl-0">
              <img
                src={thumbUrl(example.imageId)}
                alt=""
                width={32}
                height={32}
                loading="lazy"
                className="size-8 rounded-sm bg-matte object-cover"
              />
            </Td>
            <Td>
              <OutcomeWords outcome={example.before.outcome} />
            </Td>
            <Td numeric>{costText(example.before.expectedCost)}</Td>
            <Td>
              <OutcomeWords outcome={example.after.outcome} />
            </Td>
            <Td numeric>{costText(example.after.expectedCost)}</Td>
            <Td numeric>{percent(example.probabilities.Benign)}</Td>
            <Td>
              <Link href={caseUrl(example.caseId)} className="text-accent underline underline-offset-2">
                Case
              </Link>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
