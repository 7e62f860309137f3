import type { CorrectionRow } from '@blastwise/db';
import { iso } from '../shared/schemas.ts';
import type { Correction } from './schemas.ts';

export const toCorrection = (row: CorrectionRow): Correction => ({ ...row, createdAt: iso(row.createdAt) });
