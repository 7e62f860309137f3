'use client';

import { meaningsOf, SIGNATURE_MEANINGS, type SignatureMeaning } from '@blastwise/contracts';
import { Button, Callout, Dialog, RadioList, Tooltip, useShortcuts, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { ConfirmField, FormError, fieldErrorsOf, reasonOf } from '../shared/index.ts';
import { mayRead, useProfile } from '../shell/index.ts';
import { signedWords } from './signing-words.ts';
import type { CaseDetail } from './types.ts';

/** Signs the case once every field is read. */
export function SignCase({ detail }: { detail: CaseDetail }) {
  const profile = useProfile();
  const [open, setOpen] = useState(false);
  const { record } = detail.signing;
  const begin = () => setOpen(record !== null);
  useShortcuts({ s: begin }, mayRead(profile));
  if (!mayRead(profile)) return null;
  return (
    <>
      <Tooltip text={record === null ? 'Read every field first' : 'Sign off the case'} keys="s" side="bottom">
        <Button aria-disabled={record === null} onClick={begin}>
          <PenLine aria-hidden="true" /> Sign…
        </Button>
      </Tooltip>
      {open && record !== null ? (
        <SignDialog detail={detail} record={record} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

/** Signs the record that was shown when it was opened, and no other. */
function SignDialog(props: { detail: CaseDetail; record: string; onClose: () => void }) {
  const { detail, onClose } = props;
  const [record] = useState(props.record);
  const hasChanged = detail.signing.record !== record;
  const { name, role } = useProfile();
  const meanings = meaningsOf(role);
  const [meaning, setMeaning] = useState<SignatureMeaning | undefined>(meanings.at(-1));
  const [password, setPassword] = useState('');
  const { caseId } = detail;
  const sign = useSign(caseId, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (meaning) sign.mutate({ caseId, meaning, record, password });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Sign ${detail.pseudonym}`}
      description={signedWords(detail.fields)}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-sm text-ink-2">
          {name}, {role}. Your name, the time and what you say stand under the case; a change made later
          shows.
        </p>
        <RadioList
          label="Meaning"
          value={meaning}
          onChange={setMeaning}
          choices={meanings.map((value) => ({ value, label: SIGNATURE_MEANINGS[value] }))}
        />
        <ConfirmField value={password} onChange={setPassword} error={fieldErrorsOf(sign.error).password} />
        {hasChanged ? (
          <Callout tone="warn">
            The case has changed meanwhile. Close this, look at it again, then sign.
          </Callout>
        ) : (
          <FormError error={sign.error} fields={['password']} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={sign.isPending || hasChanged}>
            Sign
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The answer is the case as it now stands. */
function useSign(caseId: string, onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.signatures.sign.mutationOptions({
      onSuccess: (detail) => {
        queryClient.setQueryData(trpc.cases.detail.queryKey({ caseId }), detail);
        queryClient.invalidateQueries(trpc.cases.worklist.pathFilter());
        queryClient.invalidateQueries(trpc.cases.counts.pathFilter());
        onDone();
        toast({ title: 'Signed', text: 'Any reader may sign again; no signature is removed.', tone: 'good' });
      },
      onError: (error) => {
        if (reasonOf(error) === 'CONFLICT')
          queryClient.invalidateQueries(trpc.cases.detail.queryFilter({ caseId }));
      },
    }),
  );
}
