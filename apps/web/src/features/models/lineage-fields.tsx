'use client';

import { Button, Skeleton, StageBadge, Table, Td, Th } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { caseUrl, LoadError } from '../shared/index.ts';
import type { LineageField } from './types.ts';

const AT_ONCE = 50;

const USE_WORDS: Readonly<Record<LineageField['use'], string>> = {
  learned: 'learned from',
  'chose the epoch': 'not learned from: helped to choose the epoch',
  reserved: 'reserved for the test side',
  quarantined: 'quarantined',
  withdrawn: 'left out now, though a model before learned from it',
};

/** Each corrected field that a training was given, on demand: what it was taken for, and what became of it. */
export function LineageFields({ digest }: { digest: string }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="Lineage" className="mb-8 max-w-[46rem]">
      <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide the fields of its lineage' : 'Show the fields of its lineage'}
      </Button>
      {open ? <Fields digest={digest} /> : null}
    </section>
  );
}

function Fields({ digest }: { digest: string }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, isError, error, refetch } = useQuery(trpc.models.lineage.queryOptions({ digest }));
  if (isError) return <LoadError error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton className="mt-3 h-40" />;
  return (
    <>
      <Table aria-label="Fields of the lineage" className="mt-3">
        <thead>
          <tr>
            <Th>Case</Th>
            <Th>Field</Th>
            <Th>Stage</Th>
            <Th>Side</Th>
          </tr>
        </thead>
        <tbody>
          {data.slice(0, limit).map((field) => (
            <Row key={`${field.use} ${field.imageId ?? field.caseId}`} field={field} />
          ))}
        </tbody>
      </Table>
      <p className="mt-3 flex items-center gap-3 text-xs text-ink-3" aria-live="polite">
        {Math.min(limit, data.length)} of {data.length} shown.
        {data.length > limit ? (
          <Button size="sm" onClick={() => setLimit(limit + 4 * AT_ONCE)}>
            Show more
          </Button>
        ) : null}
      </p>
    </>
  );
}

function Row({ field: { imageId, caseId, stage, use, against } }: { field: LineageField }) {
  return (
    <tr>
      <Td className="py-1 font-mono text-xs">
        {caseId ? (
          <Link href={caseUrl(caseId)} className="text-accent underline underline-offset-2">
            {caseId.slice(-8)}
          </Link>
        ) : (
          '–'
        )}
      </Td>
      <Td className="py-1 font-mono text-xs">{imageId ? imageId.slice(-8) : 'all of the patient'}</Td>
      <Td className="py-1">{stage ? <StageBadge stage={stage} /> : '–'}</Td>
      <Td className="py-1">
        {USE_WORDS[use]}
        {against ? ` for it resembles ${against}` : ''}
      </Td>
    </tr>
  );
}
