import { DomainError } from '@blastwise/contracts';
import { type Artifact, type Correction, SPLIT_FILE } from '../artifact/index.ts';
import { byContent, type FieldName, type Mark, parseSplit, type Side } from '../dataset/index.ts';
import type { ImageFingerprint } from './corrected-field.ts';
import { type LockedImage, likeMarks, quarantineLeaks } from './leak-guard.ts';
import { markedImages } from './marked-images.ts';

const LEARNED: readonly Side[] = ['train', 'validation', 'calibration'];

/** An image that a model has learned from, or that it was chosen or calibrated by. */
export interface LearnedImage {
  readonly name: string;
  /** SHA-256 of the file: as it was given, or, of a correction, as the portal stores it. */
  readonly sha256: string;
  readonly fingerprint?: ImageFingerprint;
  /** Where no picture is at hand. With neither, only equal files are found. */
  readonly marks?: readonly Mark[];
}

/** Corrections that a model or one before it has learned from, also those that were withdrawn since. */
export const learnedCorrections = ({ manifest: { lineage } }: Artifact): Correction[] =>
  lineage ? [...lineage.corrections, ...(lineage.withdrawn ?? [])] : [];

/** What a model's artifact says that it learned from: its split without the test side, and corrections. */
export function learnedImages(artifact: Artifact, nameOf: FieldName = byContent): LearnedImage[] {
  const bytes = artifact.file(SPLIT_FILE);
  const fields = bytes ? parseSplit(new TextDecoder().decode(bytes), SPLIT_FILE).fields : [];
  const own = fields.filter(({ side }) => side !== 'test');
  const marked = new Map(markedImages(artifact, LEARNED).map(({ sha256, marks }) => [sha256, marks]));
  return [
    ...own.map((field) => {
      const { sha256 } = field;
      const marks = marked.get(sha256);
      return { name: nameOf(field), sha256, ...(marks && { marks }) };
    }),
    ...learnedCorrections(artifact).map(({ id, sha256 }) => ({ name: `correction ${id}`, sha256 })),
  ];
}

/**
 * Stops where a model is to be judged by what it has learned: by the same file, or, among images whose fingerprints are
 * known, by the same pixels or a near-duplicate, which is found by landmarks too.
 *
 * @throws DomainError LEAK_FOUND naming model and first pair.
 */
export function refuseLearned(
  model: string,
  learned: readonly LearnedImage[],
  locked: readonly LockedImage[],
): void {
  const refuse = (own: string, other: string, how: string): never => {
    throw new DomainError(
      'LEAK_FOUND',
      `The model ${model} has learned from ${own}, which ${how} ${other} of a locked test set: it could not be judged fairly by it.`,
    );
  };
  const files = new Map(
    locked.flatMap(({ name, sha256, fileSha256 }) => [sha256, fileSha256].map((hash) => [hash, name])),
  );
  for (const { name, sha256 } of learned) {
    const same = files.get(sha256);
    if (same !== undefined) refuse(name, same, 'is the same file as');
  }
  const known = learned.flatMap(({ name, fingerprint }) =>
    fingerprint ? [{ id: name, group: name, fingerprint }] : [],
  );
  const [leak] = quarantineLeaks(known, locked).quarantined;
  if (leak) refuse(leak.id, leak.against, leak.kind === 'near' ? 'shows the same as' : 'has the pixels of');
  const marked = learned.flatMap(({ name, marks }) => (marks ? [{ name, marks }] : []));
  for (const { name, fingerprint } of locked) {
    const [first] = fingerprint ? likeMarks(fingerprint, marked) : [];
    const own = first === undefined ? undefined : marked[first];
    if (own) refuse(own.name, name, 'shows the same as');
  }
}
