import { DomainError } from '@blastwise/contracts';
import { addCopy, type ModelStore, openModelStore } from '@blastwise/db/model-store';
import {
  type Artifact,
  type FieldPrediction,
  heatPictures,
  hybridConfigOf,
  type LockedTestFile,
  loadArtifact,
  lockedTestOf,
  openPredictor,
  STARTER_DIR,
} from '@blastwise/model';
import type { Env } from '../env.ts';
import { identityOf } from './model-identity.ts';
import type { ModelIdentity, ServedModel, ServedResult } from './served-model.ts';

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
export function modelSource({ modelDir = STARTER_DIR, jobs, provider, batching }: Env): ModelSource {
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
    async open(digest) {
      const { artifact, engine, predict, close } = await openPredictor(await folderOf(digest), {
        provider,
        batch: batching.maxSize,
      });
      try {
        requireServable(artifact, digest);
      } catch (error) {
        await close();
        throw error;
      }
      return {
        engine,
        identity: identityOf(artifact),
        predict: async (images) => (await predict(images, { explain: true })).map(served),
        close,
      };
    },
  };
}

function requireServable({ digest, manifest }: Artifact, wanted: string): void {
  if (digest !== wanted)
    throw new DomainError('ARTIFACT_INVALID', `Another model lies in the place of ${wanted.slice(0, 12)}.`);
  hybridConfigOf(manifest, 'served: it alone says where in a field it looked');
}

function served({ analysis, mask, nucleus, explanation }: FieldPrediction): ServedResult {
  if (!explanation) throw new DomainError('INTERNAL', 'The model gave no explanation.');
  return { analysis, mask, nucleus, heat: heatPictures(explanation, analysis) };
}
