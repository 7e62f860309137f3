'use client';

import { Callout } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';

/** That fields wait for a senior whom there is not, and what to do about it. */
export function WithoutSenior() {
  const trpc = useTRPC();
  const fields = useQuery(trpc.users.withoutSenior.queryOptions()).data?.fields ?? 0;
  if (fields === 0) return null;
  return (
    <Callout
      tone="warn"
      title={fields === 1 ? 'A field waits for a senior' : `${fields} fields wait for a senior`}
      className="mx-5 my-4"
    >
      Readers dispute {fields === 1 ? 'it' : 'them'}, and nobody here is a senior. Add a user as a senior, or
      change the role of a clinician who shall decide.
    </Callout>
  );
}
