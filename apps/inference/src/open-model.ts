import { DomainError } from '@blastwise/contracts';
import {
  type Artifact,
  type FieldPrediction,
  heatPictures,
  openPredictor,
  STARTER_DIR,
} from '@blastwise/model';
import type { Env } from './env.ts';
import type { ServedModel, ServedResult } from './predictions/served-model.ts';

/** Opens the artifact that the environment names, or the starter model. */
export async function openModel({ modelDir, provider, batching }: Env): Promise<ServedModel> {
  const { artifact, engine, predict, close } = await openPredictor(modelDir ?? STARTER_DIR, {
    provider,
    batch: batching.maxSize,
  });
  const { digest, card, manifest } = artifact;
  return {
    engine,
    identity: { digest, name: manifest.name, card, plots: plotsOf(artifact), manifest },
    predict: async (images) => (await predict(images, { explain: true })).map(served),
    close,
  };
}

/** The pictures that stand beside the card. */
function plotsOf({ manifest, file }: Artifact): Record<string, string> {
  const names = Object.keys(manifest.files).filter((name) => name.endsWith('.svg'));
  return Object.fromEntries(names.map((name) => [name, new TextDecoder().decode(file(name))]));
}

function served({ analysis, mask, nucleus, explanation }: FieldPrediction): ServedResult {
  if (!explanation) throw new DomainError('INTERNAL', 'The model gave no explanation.');
  return { analysis, mask, nucleus, heat: heatPictures(explanation, analysis) };
}
