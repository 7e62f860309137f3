import { DomainError, type MaturityStage, maturityStageSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import { fromFloat16, toFloat16 } from '../artifact/index.ts';
import type { Fingerprint } from '../dataset/index.ts';

export type ImageFingerprint = Omit<Fingerprint, 'path'>;

/** A field whose stage was settled by readers, ready to be learned from. */
export interface CorrectedField {
  readonly id: string;
  /** The patient: all fields stay on one side. */
  readonly group: string;
  readonly stage: MaturityStage;
  /** How much the field counts in the loss, against 1 of the base's own fields: above 0, at most 100. */
  readonly weight: number;
  /** What the base itself extracts from the field, at its feature layer. */
  readonly features: Float32Array;
  /** Of the image, to find what it shares with images that are held out. */
  readonly fingerprint: ImageFingerprint;
}

const correctedFieldSchema = z.object({
  id: z.string().min(1),
  group: z.string().min(1),
  stage: maturityStageSchema,
  weight: z.number().positive().max(100),
  features: z.instanceof(Float32Array),
  fingerprint: z.object({ sha256: sha256Schema, pixels: z.string().min(1) }),
});

/**
 * The fields sorted by id, their features rounded to the half floats that the features file keeps, so that a head
 * trained again from that file is the same.
 *
 * @throws DomainError BAD_INPUT naming the first field that is malformed, given twice, or of another feature length.
 */
export function checkCorrected(fields: readonly CorrectedField[], dimension: number): CorrectedField[] {
  const refuse = (id: string, why: string): never => {
    throw new DomainError('BAD_INPUT', `The corrected field ${id} ${why}.`);
  };
  const seen = new Set<string>();
  const checked = fields.map((field, i) => {
    const parsed = correctedFieldSchema.safeParse(field);
    const issue = parsed.error?.issues[0];
    if (issue) return refuse(field.id || `number ${i + 1}`, `is not valid at ${issue.path.join('.')}`);
    if (seen.has(field.id)) return refuse(field.id, 'was given twice');
    seen.add(field.id);
    if (field.features.length !== dimension)
      return refuse(field.id, `has ${field.features.length} features where the model has ${dimension}`);
    const features = fromFloat16(toFloat16(field.features));
    if (!features.every(Number.isFinite)) return refuse(field.id, 'has a feature that is no finite number');
    return { ...field, features };
  });
  return checked.sort((a, b) => (a.id < b.id ? -1 : 1));
}
