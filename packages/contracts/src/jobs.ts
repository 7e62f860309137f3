import { z } from 'zod';

/** Queues of pg-boss. Payloads hold identifiers only, never patient data. */
export const QUEUES = {
  analyse: 'analyse-image',
  analyseDead: 'analyse-image-dead',
  train: 'train',
  trainDead: 'train-dead',
} as const;

export const analyseJobSchema = z.object({ imageId: z.uuid() });
export type AnalyseJob = z.infer<typeof analyseJobSchema>;

export const trainJobSchema = z.object({ trainingId: z.uuid() });
export type TrainJob = z.infer<typeof trainJobSchema>;

/** Channel of PostgreSQL's NOTIFY; the payload is one of these, as JSON. */
export const LIVE_CHANNEL = 'blastwise_live';
export const liveEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), imageId: z.uuid(), caseId: z.uuid() }),
  z.object({ kind: z.literal('costs') }),
  z.object({ kind: z.literal('models') }),
  z.object({ kind: z.literal('drift') }),
  z.object({ kind: z.literal('trainings') }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
