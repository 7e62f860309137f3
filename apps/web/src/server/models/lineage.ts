import { maturityStageSchema, passedOverSchema, sha256Schema } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import { z } from 'zod';
import type { Services } from '../services.ts';
import type { LineageField, lineageInput, RegisteredModel } from './schemas.ts';

/** The part of a manifest that says where a retrained model comes from. */
const manifestSchema = z.object({
  run: z.object({ kind: z.string().optional() }).optional(),
  lineage: z.object({
    base: sha256Schema,
    corrections: z.array(
      z.object({
        id: z.string(),
        group: z.string(),
        stage: maturityStageSchema,
        side: z.enum(['train', 'validation']),
      }),
    ),
    reserved: z.array(z.string()),
    quarantined: z.array(z.object({ id: z.string(), against: z.string() })),
    withdrawn: z.array(z.object({ id: z.string(), stage: maturityStageSchema })).default([]),
    passedOver: passedOverSchema.optional(),
  }),
});

/** Null for a model trained from images. */
export function lineageOf(manifest: Record<string, unknown>): RegisteredModel['lineage'] {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) return null;
  const { base, corrections, reserved, quarantined, passedOver = null } = parsed.data.lineage;
  return {
    base,
    passedOver: passedOver && { digest: passedOver.digest, labels: passedOver.fields.length },
    kind: parsed.data.run?.kind === 'network-retraining' ? 'network' : 'head',
    corrections: corrections.length,
    patients: new Set(corrections.map(({ group }) => group)).size,
    reserved: reserved.length,
    quarantined: quarantined.length,
  };
}

/**
 * Every field of a retrained model's lineage by name; none for a model trained from images.
 *
 * @throws DomainError NOT_FOUND.
 */
export async function lineageFields(
  services: Pick<Services, 'db'>,
  { digest }: z.output<typeof lineageInput>,
): Promise<LineageField[]> {
  const { manifest } = await db.findModel(services.db, digest);
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) return [];
  const { corrections, reserved, quarantined, withdrawn } = parsed.data.lineage;
  const named = [...corrections, ...quarantined, ...withdrawn].map(({ id }) => id);
  const caseOf = await db.casesOfFields(services.db, named);
  const nothing = { imageId: null, caseId: null, stage: null, against: null };
  const fieldOf = (imageId: string) => ({ ...nothing, imageId, caseId: caseOf.get(imageId) ?? null });
  return [
    ...corrections.map(({ id, stage, side }) => ({
      ...{ ...fieldOf(id), stage },
      use: side === 'train' ? ('learned' as const) : ('chose the epoch' as const),
    })),
    ...quarantined.map(({ id, against }) => ({
      ...{ ...fieldOf(id), against },
      use: 'quarantined' as const,
    })),
    ...withdrawn.map(({ id, stage }) => ({ ...fieldOf(id), stage, use: 'withdrawn' as const })),
    ...reserved.map((caseId) => ({ ...nothing, caseId, use: 'reserved' as const })),
  ];
}
