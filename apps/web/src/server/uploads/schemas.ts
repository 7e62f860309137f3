import { errorBodySchema } from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, timestampSchema } from '../shared/schemas.ts';

/** Answer of `POST /api/uploads` (body: the image's bytes). The receipt is good for its user and 12 hours. */
export const uploadAcceptedSchema = z.object({
  receipt: z.string(),
  sha256: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  /** Where the same picture stands already, newest first. */
  duplicates: z.array(z.object({ imageId: idSchema, caseId: idSchema, submittedAt: timestampSchema })),
});
export type UploadAccepted = z.infer<typeof uploadAcceptedSchema>;

export const uploadAnswerSchema = z.union([uploadAcceptedSchema, errorBodySchema]);
