'use client';

import { FIELDS_PER_CASE } from '@blastwise/contracts';
import { Button, Callout, Dropzone, Field, Input, Textarea, type UploadItem } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { caseUrl, fieldErrorsOf, NOTICE } from '../shared/index.ts';
import { useProfile } from '../shell/index.ts';
import { DuplicateNote } from './duplicate-note.tsx';
import { asksForUploads, submitSentenceOf, waitsFor } from './submit-words.ts';
import { refuseCase } from './upload.ts';
import { type Upload, useUploads } from './use-uploads.ts';

/** One case: its fields, a pseudonym and a note. The fields go out as soon as they are dropped. */
export function SubmitForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const { idleMinutes } = useProfile();
  const { uploads, add, remove, retry, sendAgain } = useUploads();
  const [pseudonym, setPseudonym] = useState('');
  const [note, setNote] = useState('');
  const submit = useMutation(
    trpc.cases.submit.mutationOptions({ onSuccess: ({ caseId }) => router.push(caseUrl(caseId)) }),
  );

  const receipts = uploads.flatMap((u) => (u.accepted ? [u.accepted.receipt] : []));
  const pending = uploads.some((u) => u.state === 'waiting' || u.state === 'uploading');
  const refused = uploads.filter((u) => u.state === 'refused').length;
  const tooMany = refuseCase(uploads.length - refused);
  const leaving = submit.isPending || submit.isSuccess;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit.mutate({ pseudonym, note, uploads: receipts });
  };
  const errors = fieldErrorsOf(submit.error);
  const sentence = tooMany ?? submitSentenceOf(submit.error);

  return (
    <form onSubmit={onSubmit} className="grid min-h-0 flex-1 grid-cols-[1fr_21rem]">
      <div className="min-h-0 overflow-y-auto px-5 py-5">
        <Dropzone
          items={uploads.map((upload, i) => toItem(upload, uploads.slice(0, i)))}
          accept="image/jpeg,image/png,image/tiff,image/webp"
          hint={`JPEG, PNG, TIFF or WebP, up to 25 MB and 32 megapixels each. Several fields of one smear, up to ${FIELDS_PER_CASE}, make one case.`}
          disabled={leaving}
          onFiles={add}
          onRemove={remove}
          onRetry={retry}
        />
      </div>
      <aside className="flex flex-col gap-5 overflow-y-auto border-l border-rule bg-surface px-5 py-5">
        <Field
          label="Patient pseudonym"
          hint="Your laboratory's code. Never a name, a date of birth or a record number."
          error={errors.pseudonym}
        >
          {(control) => (
            <Input
              {...control}
              required
              maxLength={80}
              autoComplete="off"
              value={pseudonym}
              onChange={(event) => setPseudonym(event.target.value)}
            />
          )}
        </Field>
        <Field label="Note" optional error={errors.note}>
          {(control) => (
            <Textarea
              {...control}
              rows={5}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              placeholder="Stain, count, clinical question"
            />
          )}
        </Field>
        {sentence === null ? null : (
          <div role="alert" className="flex flex-col items-start gap-2">
            <Callout tone="bad">{sentence}</Callout>
            {asksForUploads(submit.error) ? (
              <Button
                onClick={() => {
                  submit.reset();
                  sendAgain();
                }}
              >
                Upload all again
              </Button>
            ) : null}
          </div>
        )}
        <div>
          <Button
            type="submit"
            variant="primary"
            className="h-9 w-full"
            disabled={
              leaving || pending || tooMany !== null || receipts.length === 0 || pseudonym.trim() === ''
            }
          >
            {leaving ? 'Submitting…' : submitLabel(receipts.length)}
          </Button>
          <p className="mt-2 min-h-9 text-xs text-ink-3" aria-live="polite">
            {waitsFor({ pending, refused, accepted: receipts.length, pseudonym })}
          </p>
        </div>
        <p className="mt-auto border-t border-rule pt-3 text-xs text-ink-3">
          Location, camera data and file names are removed before anything is stored. After {idleMinutes}{' '}
          minutes away you are signed out, and what is not submitted by then has to be chosen again. {NOTICE}.
        </p>
      </aside>
    </form>
  );
}

const submitLabel = (fields: number): string =>
  fields === 0 ? 'Submit case' : `Submit case with ${fields} ${fields === 1 ? 'field' : 'fields'}`;

function toItem(upload: Upload, before: readonly Upload[]): UploadItem {
  const { id, file, previewUrl, state, progress, message, retryable, accepted } = upload;
  const twin = accepted ? before.find((u) => u.accepted?.sha256 === accepted.sha256) : undefined;
  const note = accepted ? <DuplicateNote accepted={accepted} twin={twin?.file.name} /> : message;
  return { id, name: file.name, size: file.size, previewUrl, state, progress, retryable, note };
}
