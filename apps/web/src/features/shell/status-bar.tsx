'use client';

import { KeyHint, StatusLight } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../../trpc/client.tsx';
import { useIsLive } from './live.tsx';

/** What the service can do right now: inference, model, matrix, live updates. */
export function StatusBar() {
  const trpc = useTRPC();
  const live = useIsLive();
  const status = useQuery(
    trpc.status.get.queryOptions(undefined, { refetchInterval: 15_000, staleTime: 5_000 }),
  );
  const costs = useQuery(trpc.costs.active.queryOptions());
  return (
    <>
      <Inference status={status.data} failed={status.isError} />
      {costs.data ? (
        <span className="whitespace-nowrap">
          Costs v{costs.data.version}
          {costs.data.validated ? '' : ', unvalidated'}
        </span>
      ) : null}
      <span className="flex-1" />
      <StatusLight tone={live ? 'good' : 'warn'}>{live ? 'Live' : 'Connecting'}</StatusLight>
      <Link href="/help" className="inline-flex items-center gap-1.5 whitespace-nowrap hover:text-ink">
        <KeyHint keys="?" /> Shortcuts
      </Link>
    </>
  );
}

interface Status {
  aiEnabled: boolean;
  inference: { ready: boolean; engine: string | null; modelDigest: string | null; reason: string | null };
}

function Inference({ status, failed }: { status: Status | undefined; failed: boolean }) {
  if (failed) return <StatusLight tone="bad">Portal not reachable</StatusLight>;
  if (!status) return <StatusLight tone="neutral">AI</StatusLight>;
  if (!status.aiEnabled) return <StatusLight tone="warn">AI switched off</StatusLight>;
  const { ready, engine, modelDigest, reason } = status.inference;
  if (!ready) {
    return (
      <span className="min-w-0 truncate" title={reason ?? undefined}>
        <StatusLight tone="bad">AI not ready{reason ? `: ${reason}` : ''}</StatusLight>
      </span>
    );
  }
  return (
    <>
      <StatusLight tone="good">AI ready{engine ? `, ${engine}` : ''}</StatusLight>
      {modelDigest ? (
        <span className="whitespace-nowrap">
          Model <span className="font-mono">{modelDigest.slice(0, 12)}</span>
        </span>
      ) : null}
    </>
  );
}
