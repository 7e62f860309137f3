import { assertionOf } from '@blastwise/contracts';
import type { CaseField, FieldDecision } from './types.ts';

type Adjudication = NonNullable<CaseField['adjudication']>;

const GROUNDS: Readonly<Record<Extract<Adjudication, { status: 'adjudicated' }>['by'], string>> = {
  senior: 'a senior decided',
  confirmation: 'confirmed by flow cytometry or genetics',
  agreement: 'two readers agree',
};

const DISPUTES: Readonly<Record<NonNullable<Extract<Adjudication, { status: 'disputed' }>['why']>, string>> =
  {
    disagreement: 'readers disagree',
    severity: 'the error is grave',
  };

/** What is held to be true of a field, in words. */
export function adjudicationWords(adjudication: Adjudication | null): string {
  if (!adjudication) return 'Not read yet';
  switch (adjudication.status) {
    case 'open':
      return 'Waits for a second reader';
    case 'disputed':
      return adjudication.why === null
        ? 'Disputed; a senior decides'
        : `Disputed: ${DISPUTES[adjudication.why]}; a senior decides`;
    case 'adjudicated':
      return `Settled: ${adjudication.stage ?? 'not assessable'}, ${GROUNDS[adjudication.by]}`;
  }
}

/** What decides how a field stands. */
export interface Standing extends Pick<CaseField, 'adjudication'> {
  readonly corrections: readonly Pick<CaseField['corrections'][number], 'stage'>[];
  readonly result: { readonly decision: Pick<FieldDecision, 'stage' | 'defer'> } | null;
}

/** The stage that stands: what was settled, else the latest reading, else the model's answer; null for a deferred field too. */
export function standingStage({ adjudication, corrections: [latest], result }: Standing) {
  if (adjudication?.status === 'adjudicated') return adjudication.stage;
  if (latest) return latest.stage;
  return (result && assertionOf(result.decision)) ?? null;
}
