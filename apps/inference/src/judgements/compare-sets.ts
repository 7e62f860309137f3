import { DomainError } from '@blastwise/contracts';
import {
  type LockedTestSetRow,
  listLockedTestSets,
  listModels,
  recordSetComparison,
  uncomparedSets,
} from '@blastwise/db';
import { decodeLockedTest, knownRows, loadArtifact, networkDigest, samePixelsAs } from '@blastwise/model';
import { describeError, type Logger } from '../log.ts';
import type { JudgeOptions } from './judge-use.ts';
import { withReader } from './read-images.ts';

export interface CompareOptions extends JudgeOptions {
  readonly log: Logger;
}

/**
 * Finds the images of locked sets that are fields of a set of features: one exam, one ledger. The network of the features
 * looks at the images, which shows the same pixels, whatever lossless file they lie in; a copy that was encoded again with
 * loss is not found. Two sets are compared once, as soon as a registered model has that network.
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

  async function networkOf(digest: string): Promise<string> {
    const known = networks.get(digest) ?? networkDigest(await loadArtifact(await models.folderOf(digest)));
    networks.set(digest, known);
    return known;
  }

  async function folderWith(network: string): Promise<string | null> {
    for (const { digest } of await listModels(db)) {
      const found = await networkOf(digest).catch((error: unknown) => {
        if (error instanceof DomainError) return null;
        throw error;
      });
      if (found === network) return models.folderOf(digest);
    }
    return null;
  }

  async function compare(images: LockedTestSetRow, features: LockedTestSetRow): Promise<void> {
    const folder = await folderWith(features.networkSha256 ?? '');
    if (folder === null) return;
    const known = knownRows(decodeLockedTest(await blobs.get(features.contentSha256)), ['test']);
    const answers = await withReader({ folder, provider, blobDir }, signal, (read) =>
      read(images.images ?? []),
    );
    const shared = answers.filter((answer) => samePixelsAs(answer.features, known)).length;
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
