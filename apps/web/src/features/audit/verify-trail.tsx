'use client';

import { Button, Dialog } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTRPC } from '../../trpc/client.tsx';
import type { RouterOutputs } from '../../trpc/types.ts';
import { Moment, sentenceOf } from '../shared/index.ts';

/** Checks the whole chain and the signed head, and says what was found. */
export function VerifyTrail() {
  const trpc = useTRPC();
  const verify = useMutation(trpc.audit.verify.mutationOptions());
  return (
    <>
      <Button variant="primary" disabled={verify.isPending} onClick={() => verify.mutate()}>
        <ShieldCheck /> {verify.isPending ? 'Verifying…' : 'Verify the trail'}
      </Button>
      <Dialog
        open={verify.isSuccess || verify.isError}
        onOpenChange={(open) => (open ? undefined : verify.reset())}
        title="Verification"
      >
        {verify.data ? (
          <Result result={verify.data} />
        ) : (
          <p className="text-sm text-bad">{verify.error ? sentenceOf(verify.error) : ''}</p>
        )}
      </Dialog>
    </>
  );
}

function Result({ result }: { result: RouterOutputs['audit']['verify'] }) {
  const Icon = result.ok ? ShieldCheck : ShieldAlert;
  return (
    <div className="flex gap-3">
      <Icon aria-hidden="true" className={result.ok ? 'size-6 text-good' : 'size-6 text-bad'} />
      <div className="text-sm">
        <p className="text-base font-semibold">
          {result.ok ? 'The trail is intact' : 'The trail has a fault'}
        </p>
        {result.fault ? <p className="mt-1 text-bad">{result.fault.sentence}</p> : null}
        <p className="tabular mt-1 text-ink-2">
          {result.checked} sealed {result.checked === 1 ? 'event' : 'events'} checked
          {result.ok ? ', every one in its place and unchanged' : ' before it'}; the head's signature{' '}
          {result.ok ? 'is valid' : 'was compared'}. {result.unsealed} not sealed yet.
        </p>
        <p className="mt-1 text-xs text-ink-3">
          <Moment at={result.verifiedAt} />
        </p>
      </div>
    </div>
  );
}
