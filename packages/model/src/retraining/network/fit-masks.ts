import { join } from 'node:path';
import type { NamedTensor } from '../../artifact/index.ts';
import type { TrainingField } from '../../training/fields.ts';
import type { EpochRecord } from '../../training/fit.ts';
import { trainMasks } from '../../training/unet/train-masks.ts';
import type { NetworkRecord } from '../record.ts';
import type { NetworkOptions } from './options.ts';
import type { PreparedNetwork } from './prepare.ts';

/** Fields with a mask that a reader drew. */
export const editedFields = (fields: readonly TrainingField[]): TrainingField[] =>
  fields.filter(({ maskWeights }) => maskWeights !== undefined);

export interface RetrainedMasks {
  readonly weights: readonly NamedTensor[];
  readonly record: Omit<NetworkRecord['masks'], 'edited'>;
}

/**
 * Trains the base's U-Net again, on the base's fields and the corrected ones of the training side. Its epochs are judged on
 * the base's validation side and on the masks that readers drew of that side or, where there are none, of the training side.
 */
export async function retrainMasks(
  { base, hybrid, fields, own, recipe }: PreparedNetwork,
  seed: number,
  { folder, resume = false, signal, onProgress }: NetworkOptions,
): Promise<RetrainedMasks> {
  const corrected = fields.slice(own);
  const training = corrected.filter(({ side }) => side === 'train');
  const held = editedFields(corrected.filter(({ side }) => side === 'validation'));
  const { epochs } = recipe.masks;
  const started = performance.now();
  let run = 0;
  const result = await trainMasks([...fields.slice(0, own), ...training], hybrid, recipe.masks, {
    seed,
    checkpoint: join(folder, 'masks.safetensors'),
    resume,
    signal,
    start: base.weights,
    edited: held.length > 0 ? held : editedFields(training),
    onEpoch: ({ epoch, loss, score }: EpochRecord) => {
      run += 1;
      const perEpoch = (performance.now() - started) / 1000 / run;
      onProgress?.({
        phase: 'masks',
        epoch,
        of: epochs,
        loss,
        dice: 1 - score,
        secondsLeft: perEpoch * (epochs - epoch),
      });
    },
  });
  const { history, bestEpoch, before, weights } = result;
  const dice = 1 - (before?.score ?? 1);
  const after = bestEpoch === 0 ? dice : 1 - (history[bestEpoch - 1]?.score ?? 1);
  return { weights, record: { history, bestEpoch, before: dice, after } };
}
