'use client';

import { Badge, Callout } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { AnalyseAgain } from './analyse-again.tsx';
import type { CaseField, FieldResult } from './types.ts';

/** Whether an earlier champion said this: a field keeps its result when another model takes over or is rolled back to. */
function useOutOfService({ analysis }: FieldResult): boolean {
  const { data: serving } = useQuery(useTRPC().models.inService.queryOptions());
  return Boolean(serving && serving.digest !== analysis.versions.modelDigest);
}

export function OutOfServiceBadge({ result }: { result: FieldResult }) {
  return useOutOfService(result) ? (
    <Badge tone="warn" className="ml-1.5 h-4 text-2xs">
      no longer in service
    </Badge>
  ) : null;
}

/** Offers the answer of the model in service, as long as nobody has read the field. */
export function OutOfServiceNote({ field, result }: { field: CaseField; result: FieldResult }) {
  const outdated = useOutOfService(result);
  if (!outdated || field.corrections.length > 0) return null;
  return (
    <div className="border-b border-rule px-4 py-3">
      <Callout tone="warn">A model that is no longer in service said this.</Callout>
      <div className="mt-2 flex">
        <AnalyseAgain imageId={field.imageId} />
      </div>
    </div>
  );
}
