import { type Standing, standingStage } from './adjudication-words.ts';
import type { CaseDetail } from './types.ts';

type Signature = CaseDetail['signing']['signatures'][number];

export const SIGNATURE_STATES: Readonly<Record<Signature['state'], { word: string; hint: string }>> = {
  valid: { word: 'Valid', hint: 'The case is as it was signed.' },
  changed: {
    word: 'Changed since',
    hint: 'The signature is genuine; the case is no longer as it was signed.',
  },
  'not-genuine': {
    word: 'Not genuine',
    hint: 'The signature was altered behind the portal’s back. Tell an admin: the audit trail knows who signed.',
  },
};

/** What a signature will stand under: how many fields show which stage, and what is not settled among them. */
export function signedWords(fields: readonly Standing[]): string {
  const stages = new Map<string, number>();
  for (const field of fields) {
    const stage = standingStage(field) ?? 'not assessable';
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
  }
  const read = [...stages].map(([stage, n]) => `${n} ${stage}`).join(', ');
  const count = (status: 'open' | 'disputed') =>
    fields.filter(({ adjudication }) => adjudication?.status === status).length;
  const [open, disputed] = [count('open'), count('disputed')];
  return [
    `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}: ${read}.`,
    ...(open > 0 ? [`${open} ${open === 1 ? 'waits' : 'wait'} for a second reader.`] : []),
    ...(disputed > 0 ? [`${disputed} ${disputed === 1 ? 'is' : 'are'} disputed.`] : []),
  ].join(' ');
}
