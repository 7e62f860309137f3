import { DomainError } from '@blastwise/contracts';
import {
  type LockedTestSetRow,
  listLockedTestSets,
  listModels,
  recordSetComparison,
  uncomparedSets,
} from '@blastwise/db';
import {
  type Artifact,
  decodeLockedTest,
  fingerprintBytes,
  knownRows,
  loadArtifact,
  lockedTestOf,
  type MarkedImage,
  markedImages,
  networkDigest,
  samePixelsAs,
} from '@blastwise/model';
import { describeError, type Logger } from '../log.ts';
import type { JudgeOptions } from './judge-use.ts';
import { withReader } from './read-images.ts';
import { showsMarked } from './shows-marked.ts';

export interface CompareOptions extends JudgeOptions {
  readonly log: Logger;
}

/**
 * Finds the images of locked sets that are fields of a set of features: one exam, one ledger. The network of the features
 * looks at the images, which shows the same pixels, whatever lossless file they lie in; a copy that was encoded again with
 * loss, turned or shifted is known by the landmarks that the model which brought the features keeps. Two sets are compared
 * once, as soon as a registered model has that network.
 */
export function setComparer({
  db,
  blobs,
  blobDir,
  models,
  provider,
  signal,
  log,
}: CompareOptions): () => Promise<void> {
  const networks = new Map<string, string>();
  const failed = new Set<string>();

  /** Null where the model's files cannot be read. */
  const readable = (digest: string): Promise<Artifact | null> =>
    models
      .folderOf(digest)
      .then(loadArtifact)
      .catch((error: unknown) => {
        if (error instanceof DomainError) return null;
        throw error;
      });

  async function networkOf(digest: string): Promise<string | null> {
    const known = networks.get(digest);
    if (known !== undefined) return known;
    const artifact = await readable(digest);
    if (!artifact) return null;
    const network = networkDigest(artifact);
    networks.set(digest, network);
    return network;
  }

  async function folderWith(network: string): Promise<string | null> {
    for (const { digest } of await listModels(db))
      if ((await networkOf(digest)) === network) return models.folderOf(digest);
    return null;
  }

  async function showsOneOf(blobSha256: string, marked: readonly MarkedImage[]): Promise<boolean> {
    if (marked.length === 0) return false;
    return showsMarked(await fingerprintBytes(blobSha256, await blobs.get(blobSha256)), marked, signal);
  }

  /** None where no registered model brings this set, or that model keeps none. */
  async function marksOf({ contentSha256 }: LockedTestSetRow): Promise<MarkedImage[]> {
    for (const { digest } of await listModels(db)) {
      const artifact = await readable(digest);
      if (artifact && lockedTestOf(artifact)?.contentSha256 === contentSha256)
        return markedImages(artifact, ['test']);
    }
    return [];
  }

  async function compare(images: LockedTestSetRow, features: LockedTestSetRow): Promise<void> {
    const folder = await folderWith(features.networkSha256 ?? '');
    if (folder === null) return;
    const known = knownRows(decodeLockedTest(await blobs.get(features.contentSha256)), ['test']);
    const pictures = images.images ?? [];
    const answers = await withReader({ folder, provider, blobDir }, signal, (read) => read(pictures));
    const marked = await marksOf(features);
    let shared = 0;
    for (const [i, { blobSha256 }] of pictures.entries()) {
      const answer = answers[i];
      const isKnown = answer && samePixelsAs(answer.features, known) !== null;
      if (isKnown || (await showsOneOf(blobSha256, marked))) shared++;
    }
    await recordSetComparison(db, { imagesId: images.id, featuresId: features.id, shared });
    log.info({ imagesId: images.id, featuresId: features.id, shared }, 'locked sets compared');
  }

  return async () => {
    const pairs = await uncomparedSets(db);
    if (pairs.length === 0) return;
    const sets = new Map((await listLockedTestSets(db)).map((set) => [set.id, set]));
    for (const { imagesId, featuresId } of pairs) {
      const [images, features] = [sets.get(imagesId), sets.get(featuresId)];
      if (!images || !features || failed.has(`${imagesId} ${featuresId}`)) continue;
      try {
        await compare(images, features);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        failed.add(`${imagesId} ${featuresId}`);
        log.warn({ imagesId, featuresId, err: describeError(error) }, 'locked sets not compared');
      }
    }
  };
}
