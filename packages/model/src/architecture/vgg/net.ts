import type { Stage } from '../stage.ts';
import { vggBlock } from './block.ts';
import type { VggVariant } from './variants.ts';

/**
 * VGG without top (Simonyan and Zisserman 2015), Keras's layer names: BGR less ImageNet's means -> map of 1/32 of the
 * size. Kernels start at zero (load them), or with a seed as for training from scratch.
 */
export const vggStages = ({ blocks }: VggVariant, seed?: number): Stage[] =>
  blocks.flatMap((block, i) => vggBlock(`block${i + 1}`, block, seed));
