import { sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import type { RegisteredModel } from './schemas.ts';

/** The part of a manifest that says where a retrained model comes from. */
const manifestSchema = z.object({
  run: z.object({ kind: z.string().optional() }).optional(),
  lineage: z.object({
    base: sha256Schema,
    corrections: z.array(z.object({ id: z.string(), group: z.string() })),
    reserved: z.array(z.string()),
    quarantined: z.array(z.unknown()),
  }),
});

/** Null for a model trained from images. */
export function lineageOf(manifest: Record<string, unknown>): RegisteredModel['lineage'] {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) return null;
  const { base, corrections, reserved, quarantined } = parsed.data.lineage;
  return {
    base,
    kind: parsed.data.run?.kind === 'network-retraining' ? 'network' : 'head',
    corrections: corrections.length,
    cases: [...new Set(corrections.map(({ group }) => group))],
    reserved: reserved.length,
    quarantined: quarantined.length,
  };
}
