import { LOCKED_TEST_BUDGET } from '@blastwise/contracts';
import type { AdjudicatedImage } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import {
  type Artifact,
  decodeFeatures,
  FEATURES_FILE,
  groupsWithCopies,
  inspectBytes,
  knownRows,
  type LockedImage,
  learnedCorrections,
  markedImages,
  quarantineLeaks,
  samePixelsAs,
} from '@blastwise/model';
import { showsMarked } from './shows-marked.ts';

/** A settled field whose patient no training sees. */
export interface ReservedField extends AdjudicatedImage {
  /** The patient, or the first of the patients whose fields show the same picture. */
  readonly group: string;
}

export interface ReservedFields {
  readonly fields: readonly ReservedField[];
  /** Fields that show what one of the models has learned from. */
  readonly leftOut: number;
  /** Patients who took part in as many judgements as one may. */
  readonly usedUp: number;
}

interface FairOptions {
  readonly blobs: Pick<BlobStore, 'get' | 'has'>;
  readonly signal: AbortSignal;
  /** The judgements that each patient took part in before. */
  readonly uses: ReadonlyMap<string, readonly string[]>;
}

/**
 * The reserved fields that two models can be judged by: without near-duplicates of what either has learned from, corrections or
 * fields of its own that it keeps landmarks of, with patients whose fields show one picture as one group, for it is one piece of
 * evidence, and without groups that are used up: each is a ledger of its own, of as many judgements as a locked test set allows, whichever set is judged on.
 */
export async function fairlyReserved(
  reserved: readonly AdjudicatedImage[],
  models: readonly Artifact[],
  { blobs, signal, uses }: FairOptions,
): Promise<ReservedFields> {
  const fingerprint = async (path: string, sha256: string) => {
    signal.throwIfAborted();
    return inspectBytes({ path, file: '', stage: 'Benign' }, await blobs.get(sha256));
  };
  const learnedFrom = models.flatMap((model) => markedImages(model, ['train', 'validation', 'calibration']));
  // The two are often of one split.
  const own = [...new Map(learnedFrom.map((image) => [image.sha256, image])).values()];
  const guarded = [];
  const known: LockedImage[] = [];
  for (const image of reserved) {
    const { imageId: id, patient: group, blobSha256 } = image;
    const print = await fingerprint(id, blobSha256);
    if (await showsMarked(print, own, signal))
      known.push({ name: id, group, sha256: blobSha256, fingerprint: print });
    else guarded.push({ id, group, image, fingerprint: print });
  }
  const shown = known.length;
  const learned = new Map(models.flatMap(learnedCorrections).map((one) => [one.sha256, one]));
  for (const { id: name, group, sha256 } of reserved.length === 0 ? [] : learned.values()) {
    // Corrections of another installation are known by their hashes alone.
    const print = (await blobs.has(sha256)) ? await fingerprint(name, sha256) : undefined;
    known.push({ name, group, sha256, ...(print && { fingerprint: print }) });
  }
  const { kept, quarantined } = quarantineLeaks(guarded, known);
  const groups = groupsWithCopies(kept);
  const fields = kept.map(({ image, group }, i) => ({ ...image, group: groups[i] ?? group }));
  const isUsedUp = (own: readonly ReservedField[]): boolean =>
    new Set(own.flatMap(({ patient }) => uses.get(patient) ?? [])).size >= LOCKED_TEST_BUDGET;
  const usedUp = new Set(
    [...Map.groupBy(fields, ({ group }) => group)].flatMap(([group, own]) => (isUsedUp(own) ? [group] : [])),
  );
  return {
    fields: fields.filter(({ group }) => !usedUp.has(group)),
    leftOut: shown + quarantined.length,
    usedUp: new Set(fields.flatMap(({ group, patient }) => (usedUp.has(group) ? [patient] : []))).size,
  };
}

/** Which fields, by place, show pixels that the model keeps features of: it was trained, chosen or calibrated by them. */
export function knownToModel(
  artifact: Artifact,
  answers: readonly { readonly features: Float32Array }[],
): ReadonlySet<number> {
  const bytes = artifact.file(FEATURES_FILE);
  if (!bytes || answers.length === 0) return new Set();
  const known = knownRows(decodeFeatures(bytes), ['train', 'validation', 'calibration']);
  return new Set(answers.flatMap(({ features }, i) => (samePixelsAs(features, known) ? [i] : [])));
}
