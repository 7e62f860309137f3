import { AdjudicationSign } from '../shared/index.ts';
import { adjudicationWords } from './adjudication-words.ts';
import type { CaseField } from './types.ts';

/** What is held to be true of a field, in two lines' height whatever it says; announced when it changes. */
export function AdjudicationLine({ adjudication }: Pick<CaseField, 'adjudication'>) {
  return (
    <p
      role="status"
      data-testid="adjudication"
      className="flex h-13 items-center gap-2 border-b border-rule px-4 text-xs text-ink-2"
    >
      <AdjudicationSign status={adjudication?.status ?? 'unread'} />
      {adjudicationWords(adjudication)}
    </p>
  );
}
