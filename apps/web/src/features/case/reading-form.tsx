'use client';

import { assertionOf, CERTAINTIES, CONFIRMATIONS, SEVERITIES } from '@blastwise/contracts';
import {
  Button,
  cn,
  Field,
  RadioList,
  SegmentedControl,
  Select,
  StageBadge,
  Textarea,
  useCharacterKeys,
  useShortcuts,
} from '@blastwise/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { mayDecide, useProfile } from '../shell/index.ts';
import { changedMasks } from './mask-draft.ts';
import { MaskNote } from './mask-note.tsx';
import { PanelSection } from './panel.tsx';
import {
  asItStands,
  disagrees,
  finish,
  type Question,
  READINGS,
  type Reading,
  type ReadingDraft,
} from './reading.ts';
import { sendMasks } from './send-masks.ts';
import type { CaseField } from './types.ts';
import { useMaskDraft } from './use-mask-draft.ts';
import { useReadingDraft } from './use-reading-draft.ts';
import { useRecordReading } from './use-record-reading.ts';
import { CERTAINTY_WORDS, CONFIRMATION_WORDS, SEVERITY_WORDS } from './words.ts';

const QUESTIONS: Readonly<Record<Question, string>> = {
  reading: 'The field shows',
  certainty: 'How sure',
  severity: "Severity of the model's error",
};
const STAGE_CHOICES = READINGS.map((reading, i) => ({
  value: reading,
  label: <StageBadge stage={reading === 'not-assessable' ? null : reading} meaning />,
  shortcut: String(i + 1),
}));
const CERTAINTY_CHOICES = CERTAINTIES.map((value) => ({ value, label: CERTAINTY_WORDS[value] }));
const CONFIRMATION_OPTIONS = CONFIRMATIONS.map((value) => ({ value, ...CONFIRMATION_WORDS[value] }));
const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, ...SEVERITY_WORDS[value] }));

export function ReadingForm(props: {
  caseId: string;
  field: CaseField;
  focusAtOnce: boolean;
  onDone: () => void;
  onCancel: (() => void) | null;
  onNext: (() => void) | null;
}) {
  const { field } = props;
  const { draft, change: changeDraft, forget } = useReadingDraft(field.imageId);
  const characterKeys = useCharacterKeys();
  const [complaint, setComplaint] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<ReadingDraft>) => {
    setComplaint(null);
    changeDraft(part);
  };
  const choose = (reading: Reading) => () => change({ reading });
  const focusQuestion = (question: Question) =>
    form.current
      ?.querySelector<HTMLElement>(`[aria-label="${QUESTIONS[question]}"] [role=radio]:not(:disabled)`)
      ?.focus();
  useShortcuts({
    '1': choose('Benign'),
    '2': choose('Early'),
    '3': choose('Pre'),
    '4': choose('Pro'),
    '5': choose('not-assessable'),
    c: () => focusQuestion('reading'),
  });
  const atOnce = useRef(props.focusAtOnce);
  useEffect(() => {
    if (atOnce.current) form.current?.querySelector<HTMLElement>('[role=radio]')?.focus();
  }, []);

  const profile = useProfile();
  const masks = useMaskDraft(field);
  const sent = useRef(masks.draft);
  const [sending, setSending] = useState(false);
  const done = () => {
    forget();
    masks.forget(sent.current);
    props.onDone();
  };
  const record = useRecordReading(props.caseId, { onDone: done, onNext: props.onNext });
  const decides = mayDecide(profile);
  const busy = sending || record.isPending;
  const answer = field.result ? assertionOf(field.result.decision) : undefined;
  const differs = disagrees(draft.reading, answer);
  const stands = asItStands(
    field.corrections.find(({ reader }) => reader.id === profile.id),
    answer,
    field.result?.decision.id,
  );
  const keepStage = () => change({ ...stands, ...(draft.comment && { comment: draft.comment }) });
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    const finished = finish(draft, answer);
    if ('missing' in finished) {
      setComplaint(finished.missing);
      return focusQuestion(finished.question);
    }
    sent.current = masks.draft;
    setSending(true);
    const outcome = await sendMasks(field, masks.draft, profile.id).finally(() => setSending(false));
    if ('refused' in outcome) return setComplaint(outcome.refused);
    record.mutate({
      imageId: field.imageId,
      seen: field.result
        ? { analysisId: field.result.analysisId, decisionId: field.result.decision.id }
        : null,
      correction: finished.correction,
      masks: outcome.masks,
    });
  };

  return (
    <form
      ref={form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
      }}
    >
      <PanelSection title={QUESTIONS.reading} aside={characterKeys ? 'keys 1 to 5' : null}>
        <RadioList
          label={QUESTIONS.reading}
          value={draft.reading}
          onChange={(reading) => change({ reading })}
          choices={STAGE_CHOICES}
          className="-mx-2 border-y-0"
        />
      </PanelSection>
      <PanelSection title="How sure, and confirmed by">
        <SegmentedControl
          label={QUESTIONS.certainty}
          value={draft.certainty}
          onChange={(certainty) => change({ certainty })}
          choices={CERTAINTY_CHOICES}
        />
        <Select
          aria-label="Confirmed by"
          value={draft.confirmedBy}
          onChange={(confirmedBy) => change({ confirmedBy })}
          options={CONFIRMATION_OPTIONS}
          className="mt-2"
        />
      </PanelSection>
      <PanelSection title={QUESTIONS.severity}>
        <SegmentedControl
          label={QUESTIONS.severity}
          value={differs ? draft.severity : draft.reading ? 'none' : undefined}
          onChange={(severity) => change({ severity })}
          choices={SEVERITY_CHOICES}
          disabled={!differs}
          className={cn('[&_button]:px-0.5 [&_button]:text-2xs', !differs && 'opacity-60')}
        />
        <p className="mt-1.5 h-9 text-xs text-ink-3">
          {severityHint(draft, answer !== undefined, differs, field)}
        </p>
      </PanelSection>
      <PanelSection title="Comment" className="border-b-0">
        <Field label={<span className="sr-only">Comment</span>} className="-mt-1">
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={2000}
              value={draft.comment}
              onChange={(event) => change({ comment: event.target.value })}
              placeholder="Optional"
              className="min-h-13"
            />
          )}
        </Field>
        <MaskNote
          changed={changedMasks(masks.draft)}
          onPutAway={masks.putAway}
          onKeepStage={stands && draft.reading === undefined ? keepStage : null}
        />
        <div className="mt-3 flex items-center gap-2">
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? 'Recording…' : decides ? 'Decide' : 'Record reading'}
          </Button>
          {props.onCancel ? <Button onClick={props.onCancel}>Cancel</Button> : null}
        </div>
        {decides ? (
          <p className="mt-2 text-xs text-ink-3">You are a senior: your reading settles the field.</p>
        ) : null}
        <p role={complaint ? 'alert' : undefined} className="mt-2 min-h-5 text-xs text-bad">
          {complaint}
        </p>
      </PanelSection>
    </form>
  );
}

function severityHint(draft: ReadingDraft, answered: boolean, differs: boolean, field: CaseField): string {
  if (!answered) {
    return field.result?.decision.defer
      ? 'The field was deferred, so there is no error to weigh.'
      : 'The model gave no answer, so there is no error to weigh.';
  }
  if (!draft.reading) return 'Asked for when your reading differs from the decision.';
  if (!differs) return 'Your reading agrees with the decision.';
  return draft.severity
    ? SEVERITY_WORDS[draft.severity].hint
    : 'How harmful would acting on the decision have been for this patient?';
}
