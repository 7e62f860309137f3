'use client';

import { Button, useShortcuts } from '@blastwise/ui';
import { useState } from 'react';
import { mayRead, useProfile } from '../shell/index.ts';
import { PanelSection } from './panel.tsx';
import { ReadingForm } from './reading-form.tsx';
import { ReadingHistory, ReadingLine } from './reading-history.tsx';
import type { CaseField } from './types.ts';

/** What readers say of a field: the form, or the reading that stands, and all before it. */
export function ReadingPanel(props: { caseId: string; field: CaseField; onNext: (() => void) | null }) {
  const { field } = props;
  const profile = useProfile();
  const [latest, ...earlier] = field.corrections;
  const [again, setAgain] = useState(false);
  const open = mayRead(profile) && (again || !latest);
  useShortcuts({ c: () => setAgain(true) }, mayRead(profile) && !open);

  return (
    <section
      aria-label="Your reading"
      className="shrink-0 xl:min-h-0 xl:overflow-y-auto xl:border-l xl:border-rule"
    >
      {open ? (
        <ReadingForm
          caseId={props.caseId}
          field={field}
          focusAtOnce={again}
          onDone={() => setAgain(false)}
          onCancel={latest ? () => setAgain(false) : null}
          onNext={props.onNext}
        />
      ) : latest ? (
        <PanelSection title="Reading that stands">
          <ReadingLine correction={latest} result={field.result} />
          {mayRead(profile) ? (
            <div className="mt-3 flex gap-2">
              <Button onClick={() => setAgain(true)}>Read again</Button>
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
          <p className="text-sm text-ink-3">
            Nobody has read this field yet. Clinicians and seniors read fields.
          </p>
        </PanelSection>
      )}
      {earlier.length > 0 || (open && latest) ? (
        <ReadingHistory corrections={open ? field.corrections : earlier} result={field.result} />
      ) : null}
    </section>
  );
}
