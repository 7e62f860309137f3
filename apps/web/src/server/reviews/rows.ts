import type { CorrectionRow } from '@blastwise/db';
import { showsMasks } from '../masks/service.ts';
import { iso } from '../shared/schemas.ts';
import type { Correction } from './schemas.ts';

/** A reading; with the AI off it does not say which result its reader saw, nor shows a mask that began from it. */
export function shownReading(row: CorrectionRow, aiEnabled: boolean): Correction {
  const { maskSha256, nucleusSha256, masksFromResult: _, ...reading } = row;
  const shown = showsMasks(row, aiEnabled);
  return {
    ...reading,
    ...(aiEnabled ? {} : { analysisId: null, decisionId: null }),
    masks: { mask: shown && maskSha256 !== null, nucleus: shown && nucleusSha256 !== null },
    createdAt: iso(row.createdAt),
  };
}
