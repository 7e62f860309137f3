import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { type DownloadOptions, discard, download, writeFailure } from './download.ts';
import { digestsOf, isOf } from './file-digest.ts';
import { type ImportedWeights, importWeights } from './import-weights.ts';
import {
  type ImportedBackbone,
  PUBLISHED_AT,
  PUBLISHED_WEIGHTS,
  type PublishedWeights,
} from './published.ts';
import { weightsFile } from './weights-folder.ts';

export interface FetchOptions extends DownloadOptions {
  /** Where training looks for weights. */
  readonly folder: string;
  /** A mirror with the same paths as Keras's own address, with its last slash. */
  readonly from?: string;
  /** What is fetched; a test's own file. */
  readonly published?: Pick<PublishedWeights, 'path' | 'digest'>;
}

/**
 * Fetches the file that Keras publishes, on from where an earlier try was cut off, checks it by Keras's digest and imports
 * it into the folder of weights.
 *
 * @throws DomainError UNAVAILABLE without a network; BAD_INPUT for a file of another digest, which is deleted.
 */
export async function fetchWeights(
  architecture: ImportedBackbone,
  { folder, from = PUBLISHED_AT, published = PUBLISHED_WEIGHTS[architecture], onProgress }: FetchOptions,
): Promise<ImportedWeights> {
  const url = `${from}${published.path}`;
  const partial = join(folder, `${architecture}.h5.part`);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw writeFailure(folder, cause) ?? cause;
  });
  await download(url, partial, onProgress ? { onProgress } : {});
  const digests = await digestsOf(partial);
  const { kind, hex } = published.digest;
  if (!isOf(published.digest, digests)) {
    await discard(partial);
    throw new DomainError(
      'BAD_INPUT',
      `${url} is not the file that Keras publishes (${kind} ${digests[kind]} instead of ${hex}): it was deleted.`,
    );
  }
  const imported = await importWeights(partial, architecture, weightsFile(folder, architecture));
  await discard(partial);
  return imported;
}
