'use client';

import { Button, useShortcuts } from '@blastwise/ui';
import { useState } from 'react';
import { mayDecide, mayRead, useProfile } from '../shell/index.ts';
import { AdjudicationLine } from './adjudication-line.tsx';
import { ChoiceQuestion } from './choice-question.tsx';
import { changedMasks } from './mask-draft.ts';
import { PanelSection } from './panel.tsx';
import { ReadingForm } from './reading-form.tsx';
import { ReadingHistory, ReadingLine } from './reading-history.tsx';
import type { CaseField } from './types.ts';
import { useMaskDraft } from './use-mask-draft.ts';
import type { ShownMasks } from './use-shown-masks.ts';

/** What readers say of a field: the form, or the reading that stands, and all before it. */
export function ReadingPanel(props: {
  caseId: string;
  field: CaseField;
  shown: ShownMasks;
  onNext: (() => void) | null;
}) {
  const { field, shown } = props;
  const profile = useProfile();
  const [latest, ...earlier] = field.corrections;
  const [again, setAgain] = useState(false);
  // A senior is here to decide.
  const toDecide = mayDecide(profile) && field.adjudication?.status === 'disputed';
  const { draft } = useMaskDraft(field);
  // A mask that was changed waits to be recorded with a reading.
  const open = mayRead(profile) && (again || toDecide || !latest || changedMasks(draft).length > 0);
  const hasRead = field.corrections.some(({ reader }) => reader.id === profile.id);
  useShortcuts({ c: () => setAgain(true) }, mayRead(profile) && !open);

  return (
    <section
      aria-label="Your reading"
      className="shrink-0 xl:min-h-0 xl:overflow-y-auto xl:border-l xl:border-rule"
    >
      <AdjudicationLine adjudication={field.adjudication} />
      {open ? (
        <ReadingForm
          caseId={props.caseId}
          field={field}
          focusAtOnce={again}
          onDone={() => setAgain(false)}
          onCancel={again ? () => setAgain(false) : null}
          onNext={props.onNext}
        />
      ) : latest ? (
        <PanelSection title="Latest reading">
          <ReadingLine correction={latest} result={field.result} shown={shown} />
          {mayRead(profile) ? (
            <div className="mt-3 flex gap-2">
              <Button onClick={() => setAgain(true)}>{hasRead ? 'Read again' : 'Add your reading'}</Button>
              {props.onNext ? (
                <Button variant="primary" onClick={props.onNext}>
                  Next case
                </Button>
              ) : null}
            </div>
          ) : null}
        </PanelSection>
      ) : (
        <PanelSection title="Reading">
          <p className="text-sm text-ink-3">Clinicians and seniors read fields; what they say stands here.</p>
        </PanelSection>
      )}
      {!open && hasRead && field.choice && field.result ? (
        <ChoiceQuestion
          key={field.result.decision.id}
          caseId={props.caseId}
          imageId={field.imageId}
          choice={field.choice}
          result={field.result}
        />
      ) : null}
      {earlier.length > 0 || (open && latest) ? (
        <ReadingHistory
          corrections={open ? field.corrections : earlier}
          result={field.result}
          shown={shown}
        />
      ) : null}
    </section>
  );
}
