import { fileURLToPath } from 'node:url';
import { DomainError } from '@blastwise/contracts';
import { type Artifact, loadArtifact } from '../artifact/index.ts';
import { readStageHead } from '../explain/index.ts';
import { EXPLAINED_OUTPUTS, exportOnnx, HYBRID_OUTPUTS } from '../export/index.ts';
import { PREPROCESSING_VERSION, preprocess, type RgbImage } from '../images/index.ts';
import { analyse, type FieldPrediction, type NetworkResult } from './analyse.ts';
import type { Provider } from './protocol.ts';
import { openSession } from './session.ts';

/** The model that is committed with the code. */
export const STARTER_DIR = fileURLToPath(new URL('../../starter', import.meta.url));

export interface PredictorOptions {
  readonly provider?: Provider;
  readonly threads?: number;
  /** Fields of one run of the network at most; larger requests are answered in several. */
  readonly batch?: number;
}

export interface PredictOptions {
  /** Also say where in each field the evidence lies and what each white cell adds to it. */
  readonly explain?: boolean;
}

/** A verified model, ready to answer. */
export interface Predictor {
  readonly artifact: Artifact;
  /** The execution provider that answers, such as "cpu". */
  readonly engine: string;
  /** One prediction an image, in order, the same whether asked alone or together. Images of any size. */
  predict(images: readonly RgbImage[], options?: PredictOptions): Promise<FieldPrediction[]>;
  close(): Promise<void>;
}

/** Loads and verifies a model folder, exports its network and opens it in ONNX Runtime. */
export async function openPredictor(
  dir: string,
  { provider = 'cpu', threads = 0, batch = 8 }: PredictorOptions = {},
): Promise<Predictor> {
  const artifact = await loadArtifact(dir);
  if (artifact.manifest.preprocessing !== PREPROCESSING_VERSION) {
    const { preprocessing } = artifact.manifest;
    throw new DomainError(
      'ARTIFACT_INVALID',
      `The model wants the preprocessing ${preprocessing}, which is not here.`,
    );
  }
  const session = await openSession(await exportOnnx(artifact), {
    outputs: HYBRID_OUTPUTS,
    provider,
    threads,
  });

  const head = readStageHead(artifact);

  const predictSome = async (images: readonly RgbImage[], explain: boolean): Promise<FieldPrediction[]> => {
    const prepared = await Promise.all(images.map(preprocess));
    const fields = prepared.map(({ field }) => field);
    const results: NetworkResult[] = await session.run(fields, explain ? EXPLAINED_OUTPUTS : HYBRID_OUTPUTS);
    return results.flatMap((result, i) => {
      const [image, preparation] = [images[i], prepared[i]];
      return image && preparation ? [analyse(artifact, image, preparation.placement, result, head)] : [];
    });
  };
  return {
    artifact,
    engine: provider,
    async predict(images, { explain = false } = {}) {
      const predictions: FieldPrediction[] = [];
      for (let i = 0; i < images.length; i += batch) {
        predictions.push(...(await predictSome(images.slice(i, i + batch), explain)));
      }
      return predictions;
    },
    close: () => session.close(),
  };
}
