import { MATURITY_STAGES } from '@blastwise/contracts';
import * as tf from '../../engine/tf.ts';
import { chain, layerSeed, SeededDropout } from '../layers/index.ts';

export interface HeadConfig {
  /** Widths of the dense layers; published 512, 256, 128. */
  readonly widths: readonly number[];
  /** Share of units dropped after each; published 0.7. */
  readonly dropout: number;
  /** Weight of the L2 penalty on each dense kernel; published 0.01. */
  readonly l2: number;
  readonly batchNorm: { readonly epsilon: number; readonly momentum: number };
  readonly seed: number;
}

export const STAGE_LOGITS_TAP = 'stage_logits';

/** Dense (L2) -> batch norm -> ReLU -> dropout for every width, then one logit a stage. */
export function headLayers({ widths, dropout, l2, batchNorm, seed }: HeadConfig) {
  const blocks = widths.flatMap((units, i) => {
    const name = `head_${i + 1}`;
    return [
      tf.layers.dense({
        name: `${name}_dense`,
        units,
        kernelRegularizer: tf.regularizers.l2({ l2 }),
        kernelInitializer: tf.initializers.heUniform({ seed: layerSeed(seed, `${name}_dense`) }),
      }),
      tf.layers.batchNormalization({ name: `${name}_batch_norm`, ...batchNorm }),
      tf.layers.activation({ name: `${name}_relu`, activation: 'relu' }),
      new SeededDropout({ name: `${name}_dropout`, rate: dropout, seed: layerSeed(seed, `${name}_dropout`) }),
    ];
  });
  const logits = tf.layers.dense({
    name: STAGE_LOGITS_TAP,
    units: MATURITY_STAGES.length,
    // Random logits would bend the backbone's features to themselves before they are any use (Kumar et al. 2022).
    kernelInitializer: 'zeros',
  });
  return (features: tf.SymbolicTensor): tf.SymbolicTensor => chain([...blocks, logits], features);
}

/** Features [n,d] -> stage logits [n,4] in the order of `MATURITY_STAGES`. */
export function buildHead(config: HeadConfig & { readonly features: number }): tf.LayersModel {
  const inputs = tf.input({ shape: [config.features], name: 'features' });
  return tf.model({ name: 'head', inputs, outputs: headLayers(config)(inputs) });
}
