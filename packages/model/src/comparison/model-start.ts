import { z } from 'zod';
import { POOL_TAP } from '../architecture/index.ts';
import type { Manifest } from '../artifact/index.ts';
import { initialWeightsSchema } from '../training/config.ts';

/** What a network's backbone was before its training. */
export interface ModelStart {
  /** ImageNet weights of known origin; a file's of unknown origin; drawn at random. */
  readonly from: 'imagenet' | 'file' | 'scratch';
  /** Whether the backbone stayed as it was and the head alone was trained. */
  readonly headOnly: boolean;
}

const runSchema = z.looseObject({
  config: z.looseObject({ initial: initialWeightsSchema.optional() }),
});

/** Null for what has no backbone, or does not say. */
export function modelStart({ architecture, run }: Pick<Manifest, 'architecture' | 'run'>): ModelStart | null {
  const parsed = runSchema.safeParse(run);
  if (architecture.kind !== 'hybrid' || !parsed.success) return null;
  const { initial } = parsed.data.config;
  const headOnly = architecture.config.tap === POOL_TAP;
  if (initial?.from === 'scratch') return { from: 'scratch', headOnly };
  return { from: initial === undefined || initial.published ? 'imagenet' : 'file', headOnly };
}
