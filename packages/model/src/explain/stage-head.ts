import { MATURITY_STAGES } from '@blastwise/contracts';
import { STAGE_LOGITS_TAP } from '../architecture/head/head.ts';
import { weightValues } from '../architecture/weights.ts';
import { type Artifact, hybridConfigOf } from '../artifact/index.ts';

/** y = x W + b; `kernel` row-major [inputs, outputs]. */
export interface LinearLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Float32Array;
  readonly bias: Float64Array;
}

/** The head at rest: linear layers with the batch norm folded in, ReLU between them, one output a stage. */
export type StageHead = readonly LinearLayer[];

/** Reads the head of a model out of its weights. */
export function readStageHead({ manifest, weights }: Pick<Artifact, 'manifest' | 'weights'>): StageHead {
  const { head, batchNorm } = hybridConfigOf(manifest, 'explained');
  const values = (name: string): Float32Array => {
    const tensor = weights.get(name);
    if (!tensor) throw new RangeError(`The model lacks the weight ${name}.`);
    return weightValues(tensor);
  };
  const linear = (name: string, outputs: number): LinearLayer => {
    const kernel = values(`${name}/kernel`);
    return {
      inputs: kernel.length / outputs,
      outputs,
      kernel,
      bias: Float64Array.from(values(`${name}/bias`)),
    };
  };
  const hidden = head.map((width, i) => {
    const norm = (part: string) => values(`head_${i + 1}_batch_norm/${part}`);
    const [gamma, beta] = [norm('gamma'), norm('beta')];
    const [mean, variance] = [norm('moving_mean'), norm('moving_variance')];
    const scale = Float64Array.from(variance, (v, o) => (gamma[o] ?? 1) / Math.sqrt(v + batchNorm.epsilon));
    const { kernel, bias, ...shape } = linear(`head_${i + 1}_dense`, width);
    return {
      ...shape,
      kernel: kernel.map((w, k) => w * (scale[k % width] ?? 0)),
      bias: bias.map((b, o) => (b - (mean[o] ?? 0)) * (scale[o] ?? 0) + (beta[o] ?? 0)),
    };
  });
  return [...hidden, linear(STAGE_LOGITS_TAP, MATURITY_STAGES.length)];
}
