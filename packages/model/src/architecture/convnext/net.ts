import { connect } from '../layers/index.ts';
import type { Stage } from '../stage.ts';
import { convNeXtBlock, downsampling, layerNorm, stem } from './block.ts';
import type { ConvNeXtVariant } from './variants.ts';

export interface ConvNeXtOptions {
  /** Draws the kernels for training from scratch, and which blocks are skipped; without it they start at zero. */
  readonly seed?: number | undefined;
  /**
   * How often the last block is skipped in training, 0..1; the first never is, the rest lie between in proportion. The
   * paper's 0.1 (Tiny), 0.4 (Small), 0.5 (Base) are for ImageNet from scratch; Keras's default, and the study's, is 0.
   */
  readonly dropPath?: number;
}

/**
 * ConvNeXt without top (Liu et al. 2022), Keras's layer names: image by ImageNet's mean and spread -> map of 1/32 of
 * the size, through the layer norm that Keras ends with.
 */
export function convNeXtStages(
  { name, depths, widths }: ConvNeXtVariant,
  { seed, dropPath = 0 }: ConvNeXtOptions = {},
): Stage[] {
  const last = depths.reduce((sum, depth) => sum + depth, 0) - 1;
  const stages: Stage[] = [];
  let block = 0;
  depths.forEach((depth, i) => {
    const width = widths[i] ?? 0;
    stages.push(i === 0 ? stem(name, width, seed) : downsampling(name, i - 1, width, seed));
    for (let k = 0; k < depth; k++, block++) {
      const rate = last > 0 ? (dropPath * block) / last : 0;
      stages.push(convNeXtBlock({ name: `${name}_stage_${i}_block_${k}`, width, dropPath: rate, seed }));
    }
  });
  const norm = layerNorm('layer_normalization');
  return [...stages, { tap: norm.name, apply: (x) => connect(norm, x) }];
}
