import { z } from 'zod';
import type { Queryable } from '../client.ts';
import {
  analysisRowSchema,
  correctionRowSchema,
  decisionRowSchema,
  imageRowSchema,
  workStatusSchema,
} from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';

export const caseImageSchema = imageRowSchema.extend({
  /** The analysis in force; null while queued or failed. */
  analysis: analysisRowSchema.nullable(),
  /** The decision in force: under the active matrix, or the one that stood when the field was read. */
  decision: decisionRowSchema.nullable(),
  /** Every decision on the analysis in force, newest matrix first. */
  decisions: z.array(decisionRowSchema),
  /** Every reading, newest first. */
  corrections: z.array(correctionRowSchema),
  /** Other cases holding the same pixels. */
  duplicates: z.array(z.object({ imageId: z.uuid(), caseId: z.uuid(), createdAt: z.date() })),
});
export type CaseImage = z.infer<typeof caseImageSchema>;

export const caseDetailSchema = z.object({
  id: z.uuid(),
  pseudonym: z.string(),
  note: z.string(),
  submittedBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.date(),
  status: workStatusSchema,
  images: z.array(caseImageSchema),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

export async function caseDetail(db: Queryable, caseId: string): Promise<CaseDetail | null> {
  return unbuilt(db, caseId);
}

/** What the image routes need: which blobs belong to a field. */
export async function imageBlobs(
  db: Queryable,
  imageId: string,
): Promise<{ caseId: string; blobSha256: string; maskSha256: string | null } | null> {
  return unbuilt(db, imageId);
}
