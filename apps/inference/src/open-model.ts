import { openPredictor, STARTER_DIR } from '@blastwise/model';
import type { Env } from './env.ts';
import type { ServedModel } from './predictions/served-model.ts';

/** Opens the artifact that the environment names, or the starter model. */
export async function openModel({ modelDir, provider, batching }: Env): Promise<ServedModel> {
  const { artifact, engine, predict, close } = await openPredictor(modelDir ?? STARTER_DIR, {
    provider,
    batch: batching.maxSize,
  });
  const { digest, card, manifest } = artifact;
  return { engine, identity: { digest, name: manifest.name, card, manifest }, predict, close };
}
