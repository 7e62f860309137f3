import { z } from 'zod';
import { reasonTextSchema } from '../shared/schemas.ts';

export const settingsSchema = z.object({ aiEnabled: z.boolean() });
export type Settings = z.infer<typeof settingsSchema>;

export const setAiInput = z.object({ enabled: z.boolean(), reason: reasonTextSchema });
