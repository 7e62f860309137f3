import {
  type Certainty,
  type Confirmation,
  type CorrectionInput,
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

export const EMPTY_READING: ReadingDraft = {
  reading: undefined,
  certainty: undefined,
  confirmedBy: 'morphology',
  severity: undefined,
  comment: '',
};

/** What the model answered: a stage, null where the field was deferred or not assessable, undefined without a result. */
export type ModelAnswer = MaturityStage | null | undefined;

/** Whether the reading differs from the model's answer, so that its error has a severity. */
export function disagrees(reading: Reading | undefined, answer: ModelAnswer): boolean {
  if (reading === undefined || answer === undefined) return false;
  return toStage(reading) !== answer;
}

/** A reader's earlier reading, and the decision that it was made on. */
export type OwnReading = Pick<CorrectionInput, 'stage' | 'certainty' | 'confirmedBy' | 'severity'> & {
  readonly decisionId: string | null;
};

/**
 * A reading that leaves the stage as it stands, for who corrects a mask alone: the reader's own earlier reading, else the
 * model's answer, whose certainty is still asked. A severity is kept only where it judged the decision that stands now, which
 * another cost matrix may have changed. Null: neither says anything.
 */
export function asItStands(
  own: OwnReading | undefined,
  answer: ModelAnswer,
  decisionId: string | null,
): Partial<ReadingDraft> | null {
  if (own) {
    const { stage, certainty, confirmedBy, severity } = own;
    const judged = own.decisionId === decisionId ? severity : undefined;
    return { reading: toReading(stage), certainty, confirmedBy, severity: judged };
  }
  return answer === undefined ? null : { reading: toReading(answer) };
}

/** The finished correction, or what is still missing, in a sentence. */
export function finish(
  draft: ReadingDraft,
  answer: ModelAnswer,
): { correction: CorrectionInput } | { missing: string } {
  if (draft.reading === undefined) return { missing: 'Say what the field shows.' };
  if (draft.certainty === undefined) return { missing: 'Say how sure you are.' };
  const severity = disagrees(draft.reading, answer) ? draft.severity : 'none';
  if (severity === undefined) return { missing: "Say how much the model's error would have mattered." };
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
