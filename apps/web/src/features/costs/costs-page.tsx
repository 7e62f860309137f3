'use client';

import { Button, PageHeader, Skeleton } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { Plus, Scale } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { LearnedProposal } from './learned-proposal.tsx';
import { ProposalForm } from './proposal-form.tsx';
import type { CostVersion, DraftStart } from './types.ts';
import { VersionDetail } from './version-detail.tsx';
import { VersionList } from './version-list.tsx';

type Shown =
  | { kind: 'version'; id: string }
  | { kind: 'learned' }
  | { kind: 'proposal'; start: DraftStart | null }
  | null;

/** A draft that was computed against a version no longer in force would go more than one step. */
const startUnder = (start: DraftStart | null, active: CostVersion): DraftStart | null =>
  start?.activeId === active.id ? start : null;

/** The cost matrix in force, proposals for another, and all that went before. */
export function CostsPage() {
  const trpc = useTRPC();
  const list = useQuery(trpc.costs.list.queryOptions());
  const [shown, setShown] = useState<Shown>(null);
  const versions = list.data ?? [];
  const active = versions.find((v) => v.status === 'active') ?? null;
  const fallback = versions.find((v) => v.status === 'proposed') ?? active;
  const version = shown?.kind === 'version' ? versions.find((v) => v.id === shown.id) : fallback;
  const showsVersion = shown === null || shown.kind === 'version';
  const drawUp = (start: DraftStart | null) => setShown({ kind: 'proposal', start });
  const show = (v: CostVersion) => setShown({ kind: 'version', id: v.id });
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Misclassification costs">
        <p className="hidden text-xs text-ink-3 lg:block">
          One admin proposes a version, another activates it. Fields that are not settled are decided again;
          settled ones keep theirs.
        </p>
        <span className="flex-1" />
        <Button disabled={!active} onClick={() => setShown({ kind: 'learned' })}>
          <Scale /> From readers’ judgements
        </Button>
        <Button
          variant={shown?.kind === 'proposal' ? 'secondary' : 'primary'}
          disabled={!active}
          onClick={() => drawUp(null)}
        >
          <Plus /> Propose a version
        </Button>
      </PageHeader>
      {list.isError ? (
        <LoadError error={list.error} onRetry={() => list.refetch()} />
      ) : !active ? (
        <Skeleton className="m-5 h-96" />
      ) : (
        <div className="grid min-h-0 flex-1 grid-cols-[19rem_1fr]">
          <VersionList
            versions={versions}
            shown={showsVersion ? (version?.id ?? null) : null}
            onShow={show}
          />
          <div className="min-h-0 overflow-y-auto">
            {shown?.kind === 'proposal' ? (
              <ProposalForm
                key={active.id}
                active={active}
                start={startUnder(shown.start, active)}
                onDone={show}
                onCancel={() => setShown(null)}
              />
            ) : shown?.kind === 'learned' ? (
              <LearnedProposal onUse={drawUp} />
            ) : version ? (
              <VersionDetail key={version.id} version={version} active={active} onDrawUp={drawUp} />
            ) : null}
          </div>
        </div>
      )}
    </div>
  );
}
