import { canonicalJson, MATURITY_STAGES, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import { hybridConfigSchema } from '../architecture/hybrid/config.ts';
import { CALIBRATION_METHOD } from '../calibration/index.ts';
import { svmArchitectureSchema, xgboostArchitectureSchema } from '../classical/architecture.ts';
import { conformalSchema } from '../conformal/index.ts';
import { oodSchema } from '../ood/index.ts';
import { digestOf, sha256 } from './digest.ts';
import { lineageSchema } from './lineage.ts';

export const MANIFEST_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.safetensors';
export const CARD_FILE = 'MODEL_CARD.md';
export const SPLIT_FILE = 'split.json';

const vector = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const share = z.number().gt(0).max(1);

/** How logits become probabilities, and the shares of the stages that they assume (`prior`). */
export const artifactCalibrationSchema = z.strictObject({
  method: z.literal(CALIBRATION_METHOD),
  temperature: z.number().positive(),
  bias: vector,
  prior: z.tuple([share, share, share, share]),
});

/** A plain name: nothing of an artifact lies outside its folder. */
export const fileNameSchema = z.string().regex(/^[A-Za-z0-9][\w.-]*$/);

/** The part of model.json that, with the weights, decides every answer. */
const answerSchema = z.strictObject({
  architecture: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hybrid'), config: hybridConfigSchema }),
    svmArchitectureSchema,
    xgboostArchitectureSchema,
  ]),
  preprocessing: z.string().min(1),
  stages: z.tuple(
    MATURITY_STAGES.map((stage) => z.literal(stage)) as [
      z.ZodLiteral,
      z.ZodLiteral,
      z.ZodLiteral,
      z.ZodLiteral,
    ],
  ),
  calibration: artifactCalibrationSchema,
  /** Thresholds of the prediction sets. */
  conformal: conformalSchema.optional(),
  /** Threshold of the novelty score; its statistics lie with the weights. */
  ood: oodSchema.optional(),
});

export const manifestSchema = answerSchema.extend({
  format: z.literal('blastwise-model-1'),
  /** What people call the model, for instance `mobilenetv2-hybrid`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  /** The run that made it: configuration, engine and why, seed, data digest, history. */
  run: z.record(z.string(), z.json()),
  /** Of a model made from another one; models trained from images have none. */
  lineage: lineageSchema.optional(),
  /** SHA-256 of every other file. */
  files: z
    .record(fileNameSchema, sha256Schema)
    .refine((files) => WEIGHTS_FILE in files, 'The weights are not listed.'),
  /** Identifies the model: over the weights and the part of this file that decides an answer. */
  digest: sha256Schema,
  /** SHA-256 of this file with these 64 digits as zeros. */
  integrity: sha256Schema,
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The digest stored with every result: equal digests give equal answers. */
export function modelDigest(manifest: Omit<Manifest, 'digest' | 'integrity'>): string {
  const { architecture, preprocessing, stages, calibration, conformal, ood, files } = manifest;
  const answer = canonicalJson({ architecture, preprocessing, stages, calibration, conformal, ood });
  return digestOf({ [MANIFEST_FILE]: sha256(answer), [WEIGHTS_FILE]: files[WEIGHTS_FILE] ?? '' });
}

// Two spaces: the key of the file itself, not one inside the run record.
const INTEGRITY = /^( {2}"integrity": ")([0-9a-f]{64})(")$/m;
const blank = (text: string) => text.replace(INTEGRITY, `$1${'0'.repeat(64)}$3`);

/** The text of model.json, sealed by its own hash. */
export function encodeManifest(manifest: Omit<Manifest, 'digest' | 'integrity'>): string {
  const sealed = { ...manifest, digest: modelDigest(manifest), integrity: '0'.repeat(64) };
  const text = `${JSON.stringify(sealed, null, 2)}\n`;
  return text.replace(INTEGRITY, `$1${sha256(text)}$3`);
}

export const isSealed = (text: string): boolean => sha256(blank(text)) === INTEGRITY.exec(text)?.[2];
