'use client';

import { Callout, EmptyState, PageHeader, ScrollRegion, Skeleton, TabPanel, Tabs } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { Cpu } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { AiSwitch } from './ai-switch.tsx';
import { CompareModels } from './compare-models.tsx';
import { GateMargin } from './gate-margin.tsx';
import { Ledger } from './ledger.tsx';
import { ModelDetail } from './model-detail.tsx';
import { ModelList } from './model-list.tsx';
import { OverTime } from './over-time.tsx';

const VIEWS = [
  { value: 'model', label: 'Model' },
  { value: 'compare', label: 'Compare two' },
  { value: 'time', label: 'Over time' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** The champion, its challengers and what the gate says of them, and the switch for all AI. */
export function ModelsPage() {
  const trpc = useTRPC();
  const list = useQuery(trpc.models.list.queryOptions());
  const sets = useQuery(trpc.models.lockedTests.queryOptions());
  const ledger = useQuery(trpc.models.ledger.queryOptions());
  const status = useQuery(
    trpc.status.get.queryOptions(undefined, { refetchInterval: 15_000, staleTime: 5_000 }),
  );
  const [shown, setShown] = useState<string | null>(null);
  const [view, setView] = useState<View>('model');
  const show = (digest: string) => {
    setShown(digest);
    setView('model');
  };
  const models = list.data ?? [];
  const champion = models.find(({ state }) => state === 'champion');
  const model = models.find(({ digest }) => digest === shown) ?? champion ?? models[0];
  const uses = ledger.data ?? [];
  const failed = [list, sets, ledger].find(({ isError }) => isError);
  const trouble = status.data?.inference.ready ? status.data.inference.reason : null;
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Models">
        <p className="hidden text-xs text-ink-3 lg:block">
          One admin’s challenger is promoted by another, once the gate lets it pass. One admin rolls back.
        </p>
        <span className="flex-1" />
        <AiSwitch />
      </PageHeader>
      {trouble ? (
        <Callout tone="bad" className="mx-5 mt-3">
          {trouble}
        </Callout>
      ) : null}
      {failed ? (
        <LoadError error={failed.error} onRetry={() => failed.refetch()} />
      ) : !list.data || !sets.data || !ledger.data ? (
        <Skeleton className="m-7 h-96 max-w-[46rem]" />
      ) : model ? (
        <div className="grid min-h-0 flex-1 grid-cols-[21rem_minmax(0,1fr)]">
          <ScrollRegion label="Registry" className="border-r border-rule">
            <ModelList models={models} shown={model.digest} onShow={show} />
            <GateMargin />
            <Ledger sets={sets.data} uses={uses} onShow={show} />
          </ScrollRegion>
          <ScrollRegion label="Model">
            <Tabs
              label="Views"
              value={view}
              onChange={setView}
              tabs={VIEWS}
              className="[&>[role=tablist]]:border-b [&>[role=tablist]]:border-rule [&>[role=tablist]]:px-7"
            >
              <TabPanel value="model">
                <ModelDetail
                  key={model.digest}
                  model={model}
                  uses={uses.filter(({ challengerDigest }) => challengerDigest === model.digest)}
                  sets={sets.data}
                />
              </TabPanel>
              <TabPanel value="compare">
                <CompareModels models={models} shown={model} />
              </TabPanel>
              <TabPanel value="time">
                <OverTime uses={uses} />
              </TabPanel>
            </Tabs>
          </ScrollRegion>
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
