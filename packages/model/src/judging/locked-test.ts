import { DomainError, stageIndex } from '@blastwise/contracts';
import {
  type Artifact,
  attachFiles,
  decodeFeatures,
  encodeFeatures,
  type FeatureTable,
  loadArtifact,
  sha256,
} from '../artifact/index.ts';
import { type LabelledField, readField } from '../evidence/index.ts';
import { openPredictor } from '../serving/index.ts';
import { networkDigest } from './network-digest.ts';

/** Features of the fields that an artifact's head is to be judged on and never learns from. Outside the digest. */
export const LOCKED_TEST_FILE = 'locked-test.safetensors';

/** A labelled field as the network sees it. */
export interface LockedField extends Pick<LabelledField, 'stage' | 'group'> {
  readonly features: Float32Array;
}

/** @throws DomainError BAD_INPUT where there is no field. */
export function encodeLockedTest(fields: readonly LockedField[]): Uint8Array {
  const dimension = fields[0]?.features.length;
  if (dimension === undefined) throw new DomainError('BAD_INPUT', 'There is no field to lock.');
  const features = new Float32Array(fields.length * dimension);
  fields.forEach((field, i) => {
    features.set(field.features, i * dimension);
  });
  const groups = [...new Set(fields.map(({ group }) => group))];
  return encodeFeatures({
    features,
    dimension,
    labels: Uint8Array.from(fields, ({ stage }) => stageIndex(stage)),
    groups: Int32Array.from(fields, ({ group }) => groups.indexOf(group)),
    sides: fields.map(() => 'test'),
  });
}

/** @throws DomainError ARTIFACT_INVALID for what is no table of fields of the test side. */
export function decodeLockedTest(bytes: Uint8Array): FeatureTable {
  const table = decodeFeatures(bytes);
  if (table.labels.length === 0 || table.sides.some((side) => side !== 'test'))
    throw new DomainError('ARTIFACT_INVALID', `${LOCKED_TEST_FILE} does not hold fields of the test side.`);
  return table;
}

export interface LockedTestFile {
  readonly bytes: Uint8Array;
  readonly contentSha256: string;
  readonly networkSha256: string;
  readonly fields: number;
  readonly groups: number;
}

/** The locked test that lies in an artifact, or null. */
export function lockedTestOf(artifact: Artifact): LockedTestFile | null {
  const bytes = artifact.file(LOCKED_TEST_FILE);
  if (!bytes) return null;
  const { labels, groups } = decodeLockedTest(bytes);
  return {
    bytes,
    contentSha256: sha256(bytes),
    networkSha256: networkDigest(artifact),
    fields: labels.length,
    groups: new Set(groups).size,
  };
}

const BATCH = 8;

/**
 * Computes the features of labelled images with the artifact's own network and attaches them. The digest stays.
 *
 * @param dir the artifact's folder.
 * @throws DomainError BAD_INPUT where there is no field; what is wrong with the artifact or an image.
 */
export async function lockTest(
  dir: string,
  fields: readonly LabelledField[],
  progress: (done: number, total: number) => void = () => undefined,
): Promise<LockedTestFile> {
  const predictor = await openPredictor(dir, { threads: 1, batch: BATCH });
  const locked: LockedField[] = [];
  try {
    for (let first = 0; first < fields.length; first += BATCH) {
      const some = fields.slice(first, first + BATCH);
      const answers = await predictor.predict(await Promise.all(some.map(readField)));
      for (const [i, { features }] of answers.entries()) {
        const { stage = 'Benign', group = '' } = some[i] ?? {};
        locked.push({ stage, group, features });
      }
      progress(locked.length, fields.length);
    }
  } finally {
    await predictor.close();
  }
  await attachFiles(dir, { [LOCKED_TEST_FILE]: encodeLockedTest(locked) });
  const attached = lockedTestOf(await loadArtifact(dir));
  if (!attached) throw new DomainError('INTERNAL', 'The locked test was not attached.');
  return attached;
}
