import type { CorrectionRow } from '@blastwise/db';
import { showsMasks } from '../masks/service.ts';
import { iso } from '../shared/schemas.ts';
import type { Correction } from './schemas.ts';

/**
 * A reading; where the AI is hidden it does not say which result its reader saw nor how grave an error of that was, and shows
 * no mask that began from it.
 */
export function shownReading(row: CorrectionRow, aiShown: boolean): Correction {
  const { maskSha256, nucleusSha256, masksFromResult: _, ...reading } = row;
  const shown = showsMasks(row, aiShown);
  return {
    ...reading,
    ...(aiShown ? {} : { analysisId: null, decisionId: null, severity: 'none' as const }),
    masks: { mask: shown && maskSha256 !== null, nucleus: shown && nucleusSha256 !== null },
    createdAt: iso(row.createdAt),
  };
}
