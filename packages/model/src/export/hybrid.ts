import { buildHybrid, type HybridConfig, type HybridParts } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/dtype.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportModel } from './export-model.ts';

export type Weights = ReadonlyMap<string, NamedTensor>;

/** Names of the exported graphs' inputs and outputs. */
export const HYBRID_OUTPUTS = ['logits', 'mask', 'features'] as const;
/** With `map`, the backbone's last map: asked for where an answer is to be explained. */
export const EXPLAINED_OUTPUTS = [...HYBRID_OUTPUTS, 'map'] as const;
export const LOWER_OUTPUTS = ['map', 'unet_features', 'mask'] as const;

/**
 * The whole hybrid: `image` [N,s,s,3] float32 RGB 0..255 -> `logits` [N,4], `mask` [N,s,s,m] 0..1, `features` [N,D],
 * `map` [N,s/32,s/32,C], whose average over the places makes the first C features. m = 2: channel 0 whole white cells,
 * channel 1 their nuclei (m = 1 in models without nuclei). Batch norm is folded; the weights are embedded.
 */
export const exportHybridOnnx = (config: HybridConfig, weights: Weights, metadata?: Record<string, string>) =>
  exportPart(config, weights, 'explained', EXPLAINED_OUTPUTS, metadata);

/** Up to the tap: `image` -> `map` [N,h,w,c], `unet_features` [N,2F], `mask`: what training caches of a field. */
export const exportLowerOnnx = (config: HybridConfig, weights: Weights) =>
  exportPart(config, weights, 'lower', LOWER_OUTPUTS);

async function exportPart(
  config: HybridConfig,
  weights: Weights,
  part: 'explained' | 'lower',
  outputs: readonly string[],
  metadata: Record<string, string> = {},
): Promise<Uint8Array> {
  // Layers cannot be made without an engine; whichever runs will do, for none of its tensors is read.
  if (!tf.engine().backendName) await selectEngine('wasm');
  const parts: HybridParts = buildHybrid(config);
  try {
    return exportModel(parts[part], { outputs, weights, metadata });
  } finally {
    parts.dispose();
  }
}
