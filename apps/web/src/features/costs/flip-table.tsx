'use client';

import type { CostMatrix } from '@blastwise/contracts';
import { Button, costText, percent, Table, Td, Th } from '@blastwise/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { caseUrl, LoadError, thumbUrl } from '../shared/index.ts';
import { flipWords, pageWords } from './flip-words.ts';
import { OutcomeWords } from './outcome-words.tsx';
import type { Flip } from './types.ts';

const TITLES = {
  unsettled: 'Unsettled fields whose decision would change',
  settled: 'Settled fields that would be decided otherwise',
} as const;

/** Every replayed field that a matrix would decide otherwise, a page at a time; nothing where there is none. */
export function FlipTable({ costs, of }: { costs: CostMatrix; of: keyof typeof TITLES }) {
  const trpc = useTRPC();
  const [page, setPage] = useState({ costs, offset: 0 });
  // Other costs have other flips: their first page.
  const offset = JSON.stringify(page.costs) === JSON.stringify(costs) ? page.offset : 0;
  const turnTo = (to: number) => setPage({ costs, offset: to });
  const { data, error, isFetching, refetch } = useQuery(
    trpc.costs.flips.queryOptions({ costs, of, offset }, { placeholderData: keepPreviousData }),
  );
  if (error) return <LoadError error={error} onRetry={() => refetch()} />;
  if (!data || data.total === 0) return null;
  const shown = data.flips.length;
  return (
    <section className="mt-5" aria-busy={isFetching}>
      <header className="flex items-center gap-2">
        <h4 className="flex-1 text-sm font-medium">{TITLES[of]}</h4>
        <p aria-live="polite" className="tabular text-xs text-ink-3">
          {pageWords(data.offset, shown, data.total)}
        </p>
        {data.total > data.size ? (
          <>
            <Button
              size="sm"
              disabled={data.offset === 0}
              onClick={() => turnTo(Math.max(0, data.offset - data.size))}
            >
              Previous
            </Button>
            <Button
              size="sm"
              disabled={data.offset + shown >= data.total}
              onClick={() => turnTo(data.offset + data.size)}
            >
              Next
            </Button>
          </>
        ) : null}
      </header>
      <Table aria-label={TITLES[of]} className="mt-2">
        <thead>
          <tr>
            <Th className="w-14 pl-0">
              <span className="sr-only">Field</span>
            </Th>
            {of === 'settled' ? <Th>Truly</Th> : null}
            <Th>Now</Th>
            <Th numeric>{of === 'settled' ? 'Cost by these figures' : 'Expected cost'}</Th>
            <Th>Then</Th>
            <Th numeric>{of === 'settled' ? 'Cost by these figures' : 'Expected cost'}</Th>
            {of === 'settled' ? <Th>Change</Th> : <Th numeric>Benign</Th>}
            <Th className="w-16">
              <span className="sr-only">Case</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {data.flips.map((flip, i) => (
            <Row key={flip.imageId} flip={flip} number={data.offset + i + 1} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Row({ flip, number }: { flip: Flip; number: number }) {
  const { imageId, caseId, actual, before, after } = flip;
  return (
    <tr>
      <Td className="pl-0">
        <img
          src={thumbUrl(imageId)}
          alt=""
          width={32}
          height={32}
          loading="lazy"
          className="size-8 rounded-sm bg-matte object-cover"
        />
      </Td>
      {actual ? (
        <Td>
          <OutcomeWords outcome={actual} />
        </Td>
      ) : null}
      <Td>
        <OutcomeWords outcome={before.outcome} />
      </Td>
      <Td numeric>{before.cost === null ? '' : costText(before.cost)}</Td>
      <Td>
        <OutcomeWords outcome={after.outcome} />
      </Td>
      <Td numeric>{after.cost === null ? '' : costText(after.cost)}</Td>
      {actual ? (
        <Td>{flipWords(actual, before.outcome, after.outcome)}</Td>
      ) : (
        <Td numeric>{percent(flip.probabilities.Benign)}</Td>
      )}
      <Td>
        <Link
          href={caseUrl(caseId)}
          aria-label={`Case of change ${number}`}
          className="text-accent underline underline-offset-2"
        >
          Case
        </Link>
      </Td>
    </tr>
  );
}
