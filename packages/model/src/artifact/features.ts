import { DomainError } from '@blastwise/contracts';
import { SIDES, type Side } from '../dataset/index.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

export const FEATURES_FILE = 'features.safetensors';

/** Features of every field that a model was made from: enough to train its head again without a pixel. */
export interface FeatureTable {
  /** Row-major [fields, dimension]. */
  readonly features: Float32Array;
  readonly dimension: number;
  /** Index into MATURITY_STAGES, one a field. */
  readonly labels: Uint8Array;
  /** Fields of one group (near-duplicates, look-alike neighbours) stay on one side. */
  readonly groups: Int32Array;
  readonly sides: readonly Side[];
}

/** Keeps features as half floats: 2 bytes a value, 11 bits of precision. */
export function encodeFeatures({ features, dimension, labels, groups, sides }: FeatureTable): Uint8Array {
  const n = labels.length;
  const side = Uint8Array.from(sides, (s) => SIDES.indexOf(s));
  return writeSafetensors([
    { name: 'features', dtype: 'F16', shape: [n, dimension], data: toFloat16(features) },
    { name: 'labels', dtype: 'U8', shape: [n], data: labels },
    { name: 'groups', dtype: 'I32', shape: [n], data: groups },
    { name: 'sides', dtype: 'U8', shape: [n], data: side },
  ]);
}

/** @throws DomainError ARTIFACT_INVALID where a part is missing or the parts disagree in length. */
export function decodeFeatures(bytes: Uint8Array): FeatureTable {
  const { tensors } = readSafetensors(bytes, FEATURES_FILE);
  const [features, labels, groups, sides] = ['features', 'labels', 'groups', 'sides'].map((name) =>
    tensors.get(name),
  );
  const [n = -1, dimension = 0] = features?.shape ?? [];
  const wellFormed =
    features?.data instanceof Uint16Array &&
    labels?.data instanceof Uint8Array &&
    groups?.data instanceof Int32Array &&
    sides?.data instanceof Uint8Array &&
    [labels, groups, sides].every((t) => t.shape.join() === `${n}`) &&
    labels.data.every((label) => label < 4) &&
    sides.data.every((side) => side < SIDES.length);
  if (!wellFormed)
    throw new DomainError('ARTIFACT_INVALID', `${FEATURES_FILE} does not hold a table of features.`);
  return {
    features: fromFloat16(features.data),
    dimension,
    labels: labels.data,
    groups: groups.data,
    sides: Array.from(sides.data, (i) => SIDES[i] ?? 'test'),
  };
}
