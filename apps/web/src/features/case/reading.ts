import {
  type Assertion,
  type Certainty,
  type Confirmation,
  type CorrectionInput,
  isErrorBy,
  MATURITY_STAGES,
  type MaturityStage,
  type Severity,
} from '@blastwise/contracts';

/** What a reader calls a field; the text form of a stage or null, for radio buttons. */
export const READINGS = [...MATURITY_STAGES, 'not-assessable'] as const;
export type Reading = (typeof READINGS)[number];

export const toReading = (stage: MaturityStage | null): Reading => stage ?? 'not-assessable';
const toStage = (reading: Reading): MaturityStage | null => (reading === 'not-assessable' ? null : reading);

/** The form as it stands; what was not chosen yet is undefined. */
export interface ReadingDraft {
  reading: Reading | undefined;
  certainty: Certainty | undefined;
  confirmedBy: Confirmation;
  severity: Severity | undefined;
  comment: string;
}

/** What every reading must answer. */
export type Question = 'reading' | 'certainty' | 'severity';

export const EMPTY_READING: ReadingDraft = {
  reading: undefined,
  certainty: undefined,
  confirmedBy: 'morphology',
  severity: undefined,
  comment: '',
};

/** Whether the reading differs from the model's answer, so that its error has a severity. */
export const disagrees = (reading: Reading | undefined, answer: Assertion): boolean =>
  reading !== undefined && isErrorBy({ stage: toStage(reading) }, answer);

/**
 * A reading that leaves the stage as it stands, for who corrects a mask alone: the reader's own earlier reading, else the
 * model's answer, whose certainty is still asked. Null: neither says anything. A severity is asked anew unless it was
 * given on the decision that is shown.
 */
export function asItStands(
  own: (CorrectionInput & { readonly decisionId: string | null }) | undefined,
  answer: Assertion,
  shownDecisionId: string | undefined,
): Partial<ReadingDraft> | null {
  if (own) {
    const { stage, certainty, confirmedBy, comment } = own;
    const severity = own.decisionId === shownDecisionId ? own.severity : undefined;
    return { reading: toReading(stage), certainty, confirmedBy, severity, comment };
  }
  return answer === undefined ? null : { reading: toReading(answer) };
}

/** The finished correction, or what is still missing: in a sentence, and the question that asks for it. */
export function finish(
  draft: ReadingDraft,
  answer: Assertion,
): { correction: CorrectionInput } | { missing: string; question: Question } {
  if (draft.reading === undefined) return { missing: 'Say what the field shows.', question: 'reading' };
  if (draft.certainty === undefined) return { missing: 'Say how sure you are.', question: 'certainty' };
  const severity = disagrees(draft.reading, answer) ? draft.severity : 'none';
  if (severity === undefined)
    return { missing: "Say how much the model's error would have mattered.", question: 'severity' };
  return {
    correction: {
      stage: toStage(draft.reading),
      certainty: draft.certainty,
      confirmedBy: draft.confirmedBy,
      severity,
      comment: draft.comment,
    },
  };
}
