import {
  decisionSchema,
  maturityStageSchema,
  scaleSchema,
  sha256Schema,
  stageProbabilitiesSchema,
  stageRecordSchema,
  whiteCellSchema,
} from '@blastwise/contracts';
import { z } from 'zod';

/** One line of `predict --json`, as the design words it. */
export const predictionSchema = z.object({
  image: z.string(),
  assessable: z.boolean(),
  stage: maturityStageSchema,
  probabilities: stageProbabilitiesSchema,
  decision: decisionSchema,
  predictionSet: z.null(),
  cells: z.int(),
  scale: scaleSchema,
  maskFraction: z.number().min(0).max(1),
  whiteCells: z.array(whiteCellSchema.extend({ contributions: stageRecordSchema(z.number()) })),
  outOfDistribution: z.null(),
  modelDigest: sha256Schema,
  costMatrixDigest: sha256Schema,
  notice: z.string(),
});
