import { liveEventSchema } from '@blastwise/contracts';
import { z } from 'zod';

/** `connected` opens every stream: what was missed while away has to be asked for again. */
export const liveMessageSchema = z.union([liveEventSchema, z.object({ kind: z.literal('connected') })]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;
