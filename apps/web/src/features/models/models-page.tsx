'use client';

import { Badge, EmptyState, PageHeader, ScrollRegion, Skeleton } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { Cpu } from 'lucide-react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError, Moment } from '../shared/index.ts';
import { AiSwitch } from './ai-switch.tsx';
import { Markdown } from './markdown.tsx';
import { Plots } from './plots.tsx';

/** The model in service with its card, the ones before it, and the switch for all AI. */
export function ModelsPage() {
  const trpc = useTRPC();
  const inService = useQuery(trpc.models.inService.queryOptions());
  const list = useQuery(trpc.models.list.queryOptions());
  const model = inService.data;
  const others = (list.data ?? []).filter((m) => m.digest !== model?.digest);
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Model in service">
        <span className="flex-1" />
        <AiSwitch />
      </PageHeader>
      {inService.isError ? (
        <LoadError error={inService.error} onRetry={() => inService.refetch()} />
      ) : inService.isPending ? (
        <Skeleton className="m-7 h-96 max-w-[46rem]" />
      ) : model ? (
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_21rem]">
          <ScrollRegion label="Model card" className="px-7 py-6">
            {model.card.trim() ? (
              <Markdown source={model.card} />
            ) : (
              <p className="text-sm text-ink-3">This model came without a card.</p>
            )}
            <Plots digest={model.digest} names={model.plots} />
          </ScrollRegion>
          <aside className="min-h-0 overflow-y-auto border-l border-rule bg-surface px-5 py-5">
            <h2 className="flex items-center gap-2 text-base font-semibold">
              {model.name} <Badge tone="good">in service</Badge>
            </h2>
            <dl className="mt-3 flex flex-col gap-3 text-sm">
              <div>
                <dt className="eyebrow">Digest</dt>
                <dd className="font-mono text-xs break-all select-all">{model.digest}</dd>
              </div>
              {model.inServiceFrom ? (
                <div>
                  <dt className="eyebrow">In service since</dt>
                  <dd>
                    <Moment at={model.inServiceFrom} />
                  </dd>
                </div>
              ) : null}
              <div>
                <dt className="eyebrow">Registered</dt>
                <dd>
                  <Moment at={model.createdAt} />
                </dd>
              </div>
            </dl>
            {others.length > 0 ? (
              <>
                <h3 className="eyebrow mt-7 mb-1 border-b border-rule pb-1">Other versions</h3>
                <ul>
                  {others.map((other) => (
                    <li key={other.digest} className="flex items-baseline gap-2 py-1 text-sm">
                      <span className="min-w-0 flex-1 truncate">{other.name}</span>
                      <span className="font-mono text-2xs text-ink-3">{other.digest.slice(0, 12)}</span>
                      <Moment at={other.createdAt} as="age" className="tabular text-xs text-ink-3" />
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
          </aside>
        </div>
      ) : (
        <EmptyState icon={<Cpu />} title="No model in service">
          Without a model no field is analysed and no stage is ever given. Start the inference service with a
          model folder.
        </EmptyState>
      )}
    </div>
  );
}
