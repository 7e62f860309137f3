import { DomainError } from '@blastwise/contracts';
import {
  type Artifact,
  type FieldPrediction,
  heatPictures,
  hybridConfigOf,
  openPredictor,
  type RgbImage,
  type ThreadWork,
} from '@blastwise/model';
import { identityOf } from './model-identity.ts';
import type { ServedResult } from './served-model.ts';
import type { ModelSetup, OpenedModel } from './threaded-model.ts';

function requireServable({ digest, manifest }: Artifact, wanted: string): void {
  if (digest !== wanted)
    throw new DomainError('ARTIFACT_INVALID', `Another model lies in the place of ${wanted.slice(0, 12)}.`);
  hybridConfigOf(manifest, 'served: it alone says where in a field it looked');
}

function served({ analysis, mask, nucleus, explanation }: FieldPrediction): ServedResult {
  if (!explanation) throw new DomainError('INTERNAL', 'The model gave no explanation.');
  return { analysis, mask, nucleus, heat: heatPictures(explanation, analysis) };
}

/** Masks of a large image are handed over, not copied. */
function buffersOf(results: readonly ServedResult[]): ArrayBuffer[] {
  const pixels = results.flatMap(({ mask, nucleus, heat }) => [
    mask,
    ...(nucleus ? [nucleus] : []),
    ...Object.values(heat.pixels),
  ]);
  return pixels.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

/**
 * What the thread of a model does. Where the network crashes, the thread ends: whoever started it starts both again.
 * @throws DomainError ARTIFACT_INVALID, ENGINE_UNAVAILABLE.
 */
export async function serveModel(
  { folder, digest, provider, batch }: ModelSetup,
  open = openPredictor,
): Promise<ThreadWork<OpenedModel, readonly RgbImage[], ServedResult[]>> {
  const predictor = await open(folder, { provider, batch });
  const { artifact, engine } = predictor;
  try {
    requireServable(artifact, digest);
  } catch (error) {
    await predictor.close();
    throw error;
  }
  return {
    ready: { engine, identity: identityOf(artifact) },
    async run(images) {
      try {
        return (await predictor.predict(images, { explain: true })).map(served);
      } catch (error) {
        // In a thread this ends the thread alone.
        if (!predictor.alive) process.exit(1);
        throw error;
      }
    },
    close: () => predictor.close(),
    buffersOf,
  };
}
