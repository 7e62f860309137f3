import { DomainError } from '@blastwise/contracts';
import { addCopy, type ModelStore, openModelStore } from '@blastwise/db/model-store';
import { type LockedTestFile, loadArtifact, lockedTestOf, STARTER_DIR } from '@blastwise/model';
import type { Env } from '../env.ts';
import type { Logger } from '../log.ts';
import { identityOf } from '../predictions/model-identity.ts';
import type { ModelIdentity, ServedModel } from '../predictions/served-model.ts';
import { openThreadedModel } from '../predictions/threaded-model.ts';

/** Where models come from. */
export interface ModelSource {
  /** The model that this process came with; kept in the store, so that it can be gone back to after an update. */
  own(): Promise<ModelIdentity>;
  /** The test that its head is to be judged on; null where the artifact brings none. */
  ownTest(): Promise<LockedTestFile | null>;
  /** Where the artifact of a digest lies. @throws DomainError NOT_FOUND. */
  folderOf(digest: string): Promise<string>;
  /** Opens the model of a digest. @throws DomainError NOT_FOUND, ARTIFACT_INVALID. */
  open(digest: string): Promise<ServedModel>;
}

/** The artifact that the environment names, or the starter, and the models of the store. */
export function modelSource(
  { modelDir = STARTER_DIR, jobs, provider, batching }: Env,
  log: Logger,
): ModelSource {
  const store: ModelStore | null = jobs && openModelStore(jobs.modelStoreDir);
  let own: Promise<ModelIdentity> | undefined;

  async function readOwn(): Promise<ModelIdentity> {
    const identity = identityOf(await loadArtifact(modelDir));
    if (store) await addCopy(store, modelDir, identity.digest);
    return identity;
  }
  const ownIdentity = (): Promise<ModelIdentity> => {
    own ??= readOwn().catch((error: unknown) => {
      own = undefined;
      throw error;
    });
    return own;
  };

  async function folderOf(digest: string): Promise<string> {
    if (store && (await store.has(digest))) return store.folderOf(digest);
    if ((await ownIdentity()).digest === digest) return modelDir;
    throw new DomainError(
      'NOT_FOUND',
      `The files of the model ${digest.slice(0, 12)} are not in the model store.`,
    );
  }

  return {
    own: ownIdentity,
    ownTest: async () => lockedTestOf(await loadArtifact(modelDir)),
    folderOf,
    open: async (digest) =>
      openThreadedModel({ folder: await folderOf(digest), digest, provider, batch: batching.maxSize }, log),
  };
}
