import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { CasePage } from '../../../../features/case/index.ts';
import { getQueryClient, HydrateClient, trpc } from '../../../../trpc/server.tsx';

// The pseudonym stays out of the title: titles end up in histories and window lists.
export const metadata: Metadata = { title: 'Case' };

export default async function Page(props: { params: Promise<{ caseId: string }> }) {
  const { caseId } = await props.params;
  if (!z.uuid().safeParse(caseId).success) notFound();
  await getQueryClient().prefetchQuery(trpc.cases.detail.queryOptions({ caseId }));
  return (
    <HydrateClient>
      <CasePage key={caseId} caseId={caseId} />
    </HydrateClient>
  );
}
