import { listModels } from '@blastwise/db';
import type { ImageFingerprint, LearnedImage } from '@blastwise/model';
import { complain } from '../terminal/print.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Installation } from './open.ts';

/** What one registered model has learned from. */
export interface LearnedByModel {
  readonly model: string;
  readonly learned: LearnedImage[];
}

/**
 * What each registered model whose artifact lies in the store has learned from. Fingerprints stand with corrections that are
 * stored here and with the files of `dataFolder`: without one, near-duplicates of a model's own fields are found by the landmarks
 * that its artifact keeps of them, or, where it keeps none, not at all.
 */
export async function learnedByModels(
  { db, models, blobs }: Pick<Installation, 'db' | 'models' | 'blobs'>,
  dataFolder: string | undefined,
  progress: Progress,
): Promise<LearnedByModel[]> {
  const { byPath, fingerprintBytes, inspectFields, learnedImages, loadArtifact, scanFields } = await import(
    '@blastwise/model'
  );
  const known: LearnedByModel[] = [];
  for (const { digest, name } of await listModels(db)) {
    const model = `${name} ${digest.slice(0, 12)}`;
    if (await models.has(digest))
      known.push({ model, learned: learnedImages(await loadArtifact(models.folderOf(digest)), byPath) });
    else complain(`${model} is not in the model store: what it learned from was not compared.`);
  }
  const hashes = [...new Set(known.flatMap(({ learned }) => learned.map(({ sha256 }) => sha256)))];
  const files = dataFolder === undefined ? [] : await scanFields(dataFolder);
  const total = files.length + hashes.length;
  let done = 0;
  const advance = () => progress(++done, total);
  const fields = await inspectFields(files, advance);
  const prints = new Map<string, ImageFingerprint>(fields.map((f) => [f.sha256, f]));
  for (const sha256 of hashes) {
    if (!prints.has(sha256) && (await blobs.has(sha256)))
      prints.set(sha256, await fingerprintBytes(sha256, await blobs.get(sha256)));
    advance();
  }
  return known.map(({ model, learned }) => ({
    model,
    learned: learned.map((image) => {
      const fingerprint = prints.get(image.sha256);
      return fingerprint ? { ...image, fingerprint } : image;
    }),
  }));
}
