import { DomainError } from '@blastwise/contracts';
import type { ModelStore } from '@blastwise/db/model-store';
import { loadArtifact } from '@blastwise/model';

/** Where the base of a training lies. @throws DomainError NOT_FOUND. */
export async function baseFolder(digest: string, models: ModelStore, modelDir: string): Promise<string> {
  if (await models.has(digest)) return models.folderOf(digest);
  if ((await loadArtifact(modelDir)).digest === digest) return modelDir;
  throw new DomainError(
    'NOT_FOUND',
    `The model ${digest.slice(0, 12)} to retrain is neither in the model store nor the one that the inference service was started with.`,
  );
}
