'use client';

import { EmptyState, PageHeader, ScrollRegion } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { isAdmin, useProfile } from '../shell/index.ts';
import { AgreementTable } from './agreement-table.tsx';
import { SeniorDecides } from './senior-decides.tsx';

/** How far readers agree on the fields that two of them have read. */
export function AgreementPage() {
  const trpc = useTRPC();
  const setsPolicy = isAdmin(useProfile());
  const { data, isError, error, refetch } = useQuery(trpc.reviews.agreement.queryOptions());
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Agreement">
        <p className="min-w-0 truncate text-xs text-ink-3">
          Kappa is agreement beyond chance: 1 is full agreement, 0 is no more than chance would give.
        </p>
        <span className="flex-1" />
        {setsPolicy ? <SeniorDecides /> : null}
      </PageHeader>
      <ScrollRegion label="Agreement of readers" className="flex-1">
        {data && !data.overall ? (
          <EmptyState icon={<Handshake />} title="Nothing to compare yet">
            Two readers stand here as soon as both have read the same field.
          </EmptyState>
        ) : isError && !data ? (
          <LoadError error={error} onRetry={() => refetch()} />
        ) : (
          <>
            <AgreementTable agreements={data} />
            <p className="max-w-[52rem] px-5 py-3 text-xs text-ink-3">
              Of each reader the latest reading of a field counts. The interval draws whole patients, since
              fields of one patient are read alike. Where readers agree on everything, or one of them says the
              same throughout, every draw gives the same kappa: the readings are too uniform to tell how far
              it may be off. A reader can see earlier readings of a field, so these figures may be higher than
              those of readers who cannot.
            </p>
          </>
        )}
      </ScrollRegion>
    </div>
  );
}
