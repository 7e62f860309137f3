import { isDeepStrictEqual } from 'node:util';
import { type CostMatrix, costMatrixSchema } from '@blastwise/contracts';
import { z } from 'zod';

/** What decides a training beside its fields and their sides. */
export interface Decided {
  readonly seed: number;
  readonly costs: CostMatrix;
  /** Epochs of a network's masks and of its stages; missing for what has none. */
  readonly masks?: { readonly epochs: number };
  readonly stages?: { readonly epochs: number };
}

const part = z.object({ epochs: z.int() }).optional();
const runSchema = z.object({
  config: z.object({ seed: z.int(), costs: costMatrixSchema, masks: part, stages: part }),
});

/** Whether the record of a run says that it was decided so; one that does not say was not. */
export function isTrainedSo(run: unknown, decided: Decided): boolean {
  const parsed = runSchema.safeParse(run);
  return parsed.success && isDeepStrictEqual(parsed.data.config, decided);
}
