// Reads images apart from the event loop: the pixels of a large one take seconds.
import { DomainError } from '@blastwise/contracts';
import {
  type Artifact,
  answerCalls,
  type FieldPrediction,
  heatPictures,
  hybridConfigOf,
  openPredictor,
  type RgbImage,
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

answerCalls(async ({ folder, digest, provider, batch }: ModelSetup) => {
  const { artifact, engine, predict, close } = await openPredictor(folder, { provider, batch });
  try {
    requireServable(artifact, digest);
  } catch (error) {
    await close();
    throw error;
  }
  const ready: OpenedModel = { engine, identity: identityOf(artifact) };
  return {
    ready,
    run: async (images: readonly RgbImage[]): Promise<ServedResult[]> =>
      (await predict(images, { explain: true })).map(served),
    close,
    buffersOf,
  };
});
