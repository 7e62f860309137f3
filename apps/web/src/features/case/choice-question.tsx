'use client';

import { CHOICE_ANSWERS } from '@blastwise/contracts';
import { Button, cn, useShortcuts } from '@blastwise/ui';
import { useId, useRef, useState } from 'react';
import { answerText, doubtText } from './choice-words.ts';
import { PanelSection } from './panel.tsx';
import type { CaseField, FieldResult } from './types.ts';
import { useChoose } from './use-choose.ts';

/** Decisions whose question was skipped, until the page is loaded again: nothing is recorded of it. */
const skipped = new Set<string>();

/** Asks which error the reader would rather risk on a field in doubt. Nobody has to answer. */
export function ChoiceQuestion(props: {
  caseId: string;
  imageId: string;
  choice: NonNullable<CaseField['choice']>;
  result: FieldResult;
}) {
  const { choice, result } = props;
  const decisionId = result.decision.id;
  const [isSkipped, setSkipped] = useState(skipped.has(decisionId));
  const question = useId();
  const answers = useRef<HTMLFieldSetElement>(null);
  const choose = useChoose(props.caseId);
  const say = (answer: Parameters<typeof choose.mutate>[0]['answer']) => {
    if (!choose.isPending && answer !== choice.answer)
      choose.mutate({ imageId: props.imageId, decisionId, answer });
  };
  const skip = (skips: boolean) => {
    if (skips) skipped.add(decisionId);
    else skipped.delete(decisionId);
    setSkipped(skips);
  };
  useShortcuts({ q: () => answers.current?.querySelector('button')?.focus() });
  const words = answerText(choice);
  return (
    <PanelSection title="In doubt" aside="key q">
      <p className="text-xs text-ink-2">{doubtText(choice, result.analysis.probabilities)}</p>
      <p id={question} className="mt-1 text-sm font-medium">
        Which error would you rather risk?
      </p>
      {isSkipped ? null : (
        <fieldset
          ref={answers}
          aria-labelledby={question}
          className="-mx-2 mt-1.5 flex flex-col divide-y divide-rule border-y border-rule"
        >
          {CHOICE_ANSWERS.map((answer) => (
            <button
              key={answer}
              type="button"
              aria-pressed={choice.answer === answer}
              onClick={() => say(answer)}
              className={cn(
                'min-h-8 px-2 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2',
                choice.answer === answer && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)]',
              )}
            >
              {words[answer]}
            </button>
          ))}
        </fieldset>
      )}
      <div className="mt-2 flex items-start gap-3">
        <p className="flex-1 text-xs text-ink-3">
          Shown to those who propose costs. It changes no decision and no cost by itself.
        </p>
        {choice.answer ? (
          <Button size="sm" variant="quiet" onClick={() => say('withdrawn')}>
            Take back
          </Button>
        ) : (
          <Button size="sm" variant="quiet" onClick={() => skip(!isSkipped)}>
            {isSkipped ? 'Answer' : 'Skip'}
          </Button>
        )}
      </div>
    </PanelSection>
  );
}
