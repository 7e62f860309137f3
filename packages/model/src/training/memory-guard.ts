import { DomainError } from '@blastwise/contracts';
import type { ChosenEngine } from '../engine/index.ts';
import type { TrainingConfig } from './config.ts';

const GIB = 2 ** 30;
/** WebAssembly's heap ends at 4 GiB, never shrinks, and is never packed without gaps. */
const WASM_HEAP = 3.5 * GIB;
/** Measured on wasm: both passes through the default U-Net, per pixel and per channel of the first level's share. */
const MASK_BYTES_PER_CHANNEL_PIXEL = 180;
/** Measured on wasm: a step through MobileNetV2 above block 10, per field. */
const STAGE_BYTES_PER_FIELD = 30 * 2 ** 20;

/** About how many bytes a training step of each part holds at its peak. */
export function stepBytes({ hybrid, masks, stages }: Pick<TrainingConfig, 'hybrid' | 'masks' | 'stages'>) {
  // Each level has a quarter of the pixels of the one above.
  const channels = hybrid.unetFilters.reduce((sum, width, level) => sum + width / 4 ** level, 0);
  return {
    masks: masks.batch * masks.crop ** 2 * channels * MASK_BYTES_PER_CHANNEL_PIXEL,
    stages: stages.batch * STAGE_BYTES_PER_FIELD,
  };
}

/** Refuses batches that the wasm engine would die of in the middle of a run (BAD_INPUT). */
export function refuseTooLarge(config: TrainingConfig, engine: ChosenEngine): void {
  if (engine !== 'wasm') return;
  for (const [part, bytes] of Object.entries(stepBytes(config))) {
    if (bytes <= WASM_HEAP) continue;
    const needed = (bytes / GIB).toFixed(1);
    throw new DomainError(
      'BAD_INPUT',
      `A batch of the ${part} needs about ${needed} GiB, more than the wasm engine's heap: take smaller batches.`,
    );
  }
}
