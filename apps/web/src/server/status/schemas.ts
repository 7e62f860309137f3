import { z } from 'zod';

/** What the portal can do right now. `reason` is one sentence where predictions are not available. */
export const serviceStatusSchema = z.object({
  aiEnabled: z.boolean(),
  inference: z.object({
    reachable: z.boolean(),
    ready: z.boolean(),
    engine: z.string().nullable(),
    modelDigest: z.string().nullable(),
    reason: z.string().nullable(),
  }),
});
export type ServiceStatus = z.infer<typeof serviceStatusSchema>;
