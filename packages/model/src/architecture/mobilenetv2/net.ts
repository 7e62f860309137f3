import * as tf from '../../engine/tf.ts';
import { withBatchNorm } from '../fold-batch-norms.ts';
import { chain, connect, type Layer } from '../layers/index.ts';
import { runStages, type Stage } from '../stage.ts';
import { conv, invertedResidual, relu6 } from './block.ts';
import { LAST_CHANNELS, MOBILENETV2_ROWS, STEM_CHANNELS, widen } from './variants.ts';

export interface MobileNetV2Config {
  /** Height, width, channels; the height and width are multiples of 32. */
  readonly inputShape: readonly [number, number, number];
  /** Width multiplier; weights are at hand for 1 only. */
  readonly alpha?: number;
}

/**
 * MobileNetV2 without top (Sandler et al. 2018), Keras's layer names: from stem to 1,280 channels. Batch norm is folded
 * into the filters; with `batchNorm` every convolution has one behind it again, an identity until it learns.
 */
export function mobileNetV2Stages(alpha = 1, { batchNorm = false } = {}): Stage[] {
  const norm = (layer: Layer) => (batchNorm ? withBatchNorm(layer) : [layer]);
  const stem = [...norm(conv('Conv1', widen(STEM_CHANNELS, alpha), 3, 2)), relu6('Conv1_relu')];
  const stages: Stage[] = [{ tap: 'Conv1_relu', apply: (x) => chain(stem, x) }];
  let input = widen(STEM_CHANNELS, alpha);
  for (const row of MOBILENETV2_ROWS) {
    const output = widen(row.channels, alpha);
    for (let i = 0; i < row.repeats; i++) {
      const index = stages.length - 1;
      const name = index === 0 ? 'expanded_conv' : `block_${index}`;
      const { expansion } = row;
      const stride = i === 0 ? row.stride : 1;
      stages.push(invertedResidual({ name, input, output, expansion, stride, batchNorm }));
      input = output;
    }
  }
  const width = Math.max(LAST_CHANNELS, widen(LAST_CHANNELS, alpha));
  const last = [...norm(conv('Conv_1', width, 1)), relu6('out_relu')];
  return [...stages, { tap: 'out_relu', apply: (x) => chain(last, x) }];
}

/** Input [n,h,w,3] in -1..1, output [n,1280] after global average pooling. Weights start at zero: load them. */
export function buildMobileNetV2(config: MobileNetV2Config): tf.LayersModel {
  const inputs = tf.input({ shape: [...config.inputShape], name: 'normalised_image' });
  const map = runStages(mobileNetV2Stages(config.alpha), inputs);
  const outputs = connect(tf.layers.globalAveragePooling2d({ name: 'global_average_pool' }), map);
  return tf.model({ name: 'mobilenetv2', inputs, outputs });
}
