import type { Artifact } from '../artifact/index.ts';
import { type ClassicalArchitecture, extractFeatures, openClassifier } from '../classical/index.ts';
import { readStageHead, type StageHead } from '../explain/index.ts';
import { EXPLAINED_OUTPUTS, exportOnnx, HYBRID_OUTPUTS } from '../export/index.ts';
import type { RgbImage } from '../images/index.ts';
import { segmentStain } from '../segmentation/index.ts';
import type { Provider } from './protocol.ts';
import { openSession } from './session.ts';
import type { NetworkResult } from './tile-reading.ts';

/** What reads preprocessed fields, whatever kind of model it is. */
export interface FieldNetwork {
  /** Where it computes, such as "cpu". */
  readonly engine: string;
  /** What explains an answer by cells; null where the model cannot be explained. */
  readonly head: StageHead | null;
  /** False once what computes has crashed. */
  readonly alive: boolean;
  /** One result a field, in order; the last map as well where an explanation is wanted and there is a head. */
  run(fields: readonly RgbImage[], explain: boolean): Promise<NetworkResult[]>;
  close(): Promise<void>;
}

export interface NetworkOptions {
  readonly provider: Provider;
  readonly threads: number;
}

/** Opens what an artifact holds: a network in ONNX Runtime, or a classical classifier. */
export async function openNetwork(artifact: Artifact, options: NetworkOptions): Promise<FieldNetwork> {
  const { architecture } = artifact.manifest;
  return architecture.kind === 'hybrid'
    ? openHybrid(artifact, options)
    : openClassical(artifact, architecture);
}

async function openHybrid(artifact: Artifact, { provider, threads }: NetworkOptions): Promise<FieldNetwork> {
  const session = await openSession(await exportOnnx(artifact), {
    outputs: HYBRID_OUTPUTS,
    provider,
    threads,
  });
  return {
    engine: provider,
    head: readStageHead(artifact),
    get alive() {
      return session.alive;
    },
    run: (fields, explain) => session.run(fields, explain ? EXPLAINED_OUTPUTS : HYBRID_OUTPUTS),
    close: () => session.close(),
  };
}

/** A classical model draws no masks of its own: its cells are those of the stain method. */
function openClassical({ weights }: Artifact, architecture: ClassicalArchitecture): FieldNetwork {
  const classify = openClassifier(architecture, weights);
  const read = async (field: RgbImage): Promise<NetworkResult> => {
    const features = await extractFeatures(field);
    return { logits: Float32Array.from(classify(features)), features, mask: stainMasks(field) };
  };
  return {
    engine: 'cpu',
    head: null,
    alive: true,
    run: async (fields) => {
      const results: NetworkResult[] = [];
      for (const field of fields) results.push(await read(field));
      return results;
    },
    close: async () => {},
  };
}

/** Cell and nucleus of every pixel, interleaved, 0 or 1. */
function stainMasks(field: RgbImage): Float32Array {
  const { cell, nucleus } = segmentStain(field);
  const masks = new Float32Array(2 * cell.length);
  for (let i = 0; i < cell.length; i++) {
    masks[2 * i] = cell[i] ?? 0;
    masks[2 * i + 1] = nucleus[i] ?? 0;
  }
  return masks;
}
