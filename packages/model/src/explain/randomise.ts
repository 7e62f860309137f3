import { buildHybrid, namedWeights } from '../architecture/index.ts';
import { weightValues } from '../architecture/weights.ts';
import { type Artifact, hybridConfigOf, type NamedTensor } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { mixSeed, seededRandom } from '../random/index.ts';

/** What is randomised: the head alone, or the head and every block above the tap (all that training tunes). */
export const RANDOMISED_PARTS = ['head', 'upper'] as const;
export type RandomisedPart = (typeof RANDOMISED_PARTS)[number];

/** A tensor's own values in random order: the same spread, nothing learned. */
function shuffled(tensor: NamedTensor, seed: number): NamedTensor {
  const { name, shape } = tensor;
  const random = seededRandom(mixSeed(seed, ...Buffer.from(name)));
  const data = Float32Array.from(weightValues(tensor));
  // Fisher-Yates, in place: a network's largest tensors have more than a million values.
  for (let i = data.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const held = data[i] ?? 0;
    data[i] = data[j] ?? 0;
    data[j] = held;
  }
  return { name, dtype: 'F32', shape, data };
}

/** A model whose upper weights are shuffled within each tensor; nothing on disk changes. Seeded. */
export async function randomised(artifact: Artifact, part: RandomisedPart, seed: number): Promise<Artifact> {
  if (!tf.engine().backendName) await selectEngine('wasm');
  const parts = buildHybrid(hybridConfigOf(artifact.manifest, 'explained'));
  const names = new Set(namedWeights(parts[part]).keys());
  parts.dispose();
  const weights = [...artifact.weights].map(([name, tensor]): [string, NamedTensor] => [
    name,
    names.has(name) ? shuffled(tensor, seed) : tensor,
  ]);
  return { ...artifact, weights: new Map(weights) };
}
