import type { CorrectionRow } from '@blastwise/db';
import { iso } from '../shared/schemas.ts';
import type { Correction } from './schemas.ts';

/** A reading; with the AI off it does not say which result its reader saw. */
export const shownReading = (row: CorrectionRow, aiEnabled: boolean): Correction => ({
  ...row,
  ...(aiEnabled ? {} : { analysisId: null, decisionId: null }),
  createdAt: iso(row.createdAt),
});
