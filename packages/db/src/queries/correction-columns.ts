import type { CorrectionRow } from '../rows.ts';
import { corrections, users } from '../schema/index.ts';

/** A reading with its reader, from corrections joined with users. */
export const CORRECTION_COLUMNS = {
  id: corrections.id,
  imageId: corrections.imageId,
  analysisId: corrections.analysisId,
  decisionId: corrections.decisionId,
  reader: { id: users.id, name: users.name, role: corrections.readerRole },
  stage: corrections.stage,
  certainty: corrections.certainty,
  confirmedBy: corrections.confirmedBy,
  severity: corrections.severity,
  comment: corrections.comment,
  maskSha256: corrections.maskSha256,
  nucleusSha256: corrections.nucleusSha256,
  masksFromResult: corrections.masksFromResult,
  supersedesId: corrections.supersedesId,
  createdAt: corrections.createdAt,
} satisfies Record<keyof CorrectionRow, unknown>;
