import { z } from 'zod';

/** What a training process is told when it starts: which training, and where everything lies. */
export const trainingOrderSchema = z.object({
  trainingId: z.uuid(),
  databaseUrl: z.string(),
  blobDir: z.string(),
  modelStoreDir: z.string(),
  runDir: z.string(),
  /** Fields that models were trained from; null: none. */
  dataFolder: z.string().nullable(),
  /** The artifact that this service was started with, for a base that the model store does not hold. */
  modelDir: z.string(),
  logLevel: z.string(),
});
export type TrainingOrder = z.infer<typeof trainingOrderSchema>;

/** Exit status of a training process that was asked to stop: the training goes on elsewhere or later. */
export const STOPPED = 75;
