import { z } from 'zod';
import { timestampSchema } from '../shared/schemas.ts';

export const modelVersionSchema = z.object({
  digest: z.string(),
  name: z.string(),
  /** The model card, Markdown. */
  card: z.string(),
  /** Names of the training run's plots, served as SVG to admins. */
  plots: z.array(z.string()),
  inServiceFrom: timestampSchema.nullable(),
  createdAt: timestampSchema,
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;
