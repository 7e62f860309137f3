import * as tf from '../../engine/tf.ts';
import { mixSeed } from '../../random/index.ts';
import { inputAt } from './tensors.ts';

export interface SeededDropoutArgs {
  readonly name?: string;
  /** Share of units dropped in training, 0..1. */
  readonly rate: number;
  readonly seed: number;
}

/** Dropout whose mask differs at every training step yet repeats under one seed; tfjs's own seed repeats one mask. */
export class SeededDropout extends tf.layers.Layer {
  static readonly className: string = 'SeededDropout';
  readonly rate: number;
  readonly seed: number;
  /** Training steps drawn so far: kept with a checkpoint so that a resumed run draws on. */
  step = 0;
  constructor(args: SeededDropoutArgs) {
    super(args);
    this.rate = args.rate;
    this.seed = args.seed;
  }
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const input = inputAt(inputs);
    if (!kwargs.training || this.rate === 0) return tf.clone(input);
    return tf.tidy(() => {
      const shape = this.drawnShape(input.shape);
      const drawn = tf.randomUniform(shape, 0, 1, 'float32', mixSeed(this.seed, this.step++) || 1);
      return tf.mul(
        input,
        tf.mul(tf.cast(tf.greaterEqual(drawn, this.rate), 'float32'), 1 / (1 - this.rate)),
      );
    });
  }
  /** What shares one draw: by default nothing does. */
  protected drawnShape(input: number[]): number[] {
    return input;
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed };
  }
}
tf.serialization.registerClass(SeededDropout);

/** Continues every dropout of a model as if `step` training steps had been drawn. */
export function setDropoutStep(model: tf.LayersModel, step: number): void {
  for (const layer of model.layers) if (layer instanceof SeededDropout) layer.step = step;
}
