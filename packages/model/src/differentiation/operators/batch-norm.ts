import type { Value } from '../tape.ts';
import { sizeOf } from '../tape.ts';
import type { LayerContext } from './context.ts';

export interface NormSettings {
  readonly epsilon: number;
  /** Share of the moving statistics that every batch leaves as it was. */
  readonly momentum: number;
  /** The axis of the channels. */
  readonly axis: 0 | 1;
}

type NormContext = Pick<LayerContext, 'tape' | 'layer' | 'isTraining' | 'weight' | 'follow'>;

/**
 * Batch norm (Ioffe and Szegedy 2015) of a map [c,n,h,w] or of vectors [n,c]: by the batch's mean and variance in
 * training, with dx = gamma / sigma (dy - mean(dy) - xhat mean(dy xhat)), a sum of dy, x and a constant for each channel;
 * otherwise by the moving statistics.
 */
export function batchNorm(context: NormContext, x: Value, { epsilon, momentum, axis }: NormSettings): Value {
  const { tape, layer, isTraining, weight, follow } = context;
  const { name } = layer;
  const { graph } = tape;
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const [movingMean, movingVariance] = [weight('moving_mean'), weight('moving_variance')];
  const channels = x.shape[axis] ?? 0;
  const count = sizeOf(x.shape) / channels;
  // What ONNX knows channels by is axis 1.
  const layout = axis === 0 ? [1, channels, count] : [...x.shape];
  const others = axis === 0 ? [0, 2] : [0];
  const op = (label: string, operator: string, ...inputs: string[]) =>
    tape.node(`${name}_${label}`, operator, inputs);
  const average = (label: string, value: string) =>
    tape.node(`${name}_${label}`, 'ReduceMean', [value], { axes: others, keepdims: 0 });
  /** scale x + shift, channel by channel. */
  const affine = (label: string, value: string, scale: string, shift: string) => {
    const [zeros, ones] = [0, 1].map((v) =>
      graph.constant(`${v}_of_${channels}`, [channels], new Float32Array(channels).fill(v)),
    );
    const inputs = [value, scale, shift, zeros ?? '', ones ?? ''];
    return tape.node(`${name}_${label}`, 'BatchNormalization', inputs, { epsilon: { float: 0 } });
  };
  const laidOut = tape.reshape(x.name, layout);
  const normalised = (mean: string, variance: string) =>
    tape.node(`${name}_normalised`, 'BatchNormalization', [laidOut, gamma.name, beta.name, mean, variance], {
      epsilon: { float: epsilon },
    });
  const inverseOf = (variance: string) =>
    op(
      'inverse',
      'Reciprocal',
      op('deviation', 'Sqrt', op('spread', 'Add', variance, graph.scalar(epsilon))),
    );

  if (!isTraining) {
    const output = tape.reshape(normalised(movingMean.name, movingVariance.name), x.shape);
    return tape.record(output, x.shape, [x], (dy) => [
      () => {
        const scale = op('scale', 'Mul', gamma.name, inverseOf(movingVariance.name));
        const none = graph.constant(`0_of_${channels}`, [channels], new Float32Array(channels));
        return tape.reshape(affine('dx', tape.reshape(dy, layout), scale, none), x.shape);
      },
    ]);
  }

  const mean = average('mean', laidOut);
  const squares = tape.node(`${name}_squares`, 'ReduceSumSquare', [laidOut], { axes: others, keepdims: 0 });
  const meanSquare = op('mean_square', 'Mul', squares, graph.scalar(1 / count));
  const variance = op(
    'variance',
    'Relu',
    op('squared_apart', 'Sub', meanSquare, op('squared_mean', 'Mul', mean, mean)),
  );
  const following = (moving: Value, seen: string) => {
    const kept = op('kept', 'Mul', moving.name, graph.scalar(momentum));
    const taken = op('taken', 'Mul', seen, graph.scalar(1 - momentum));
    follow({ name: moving.name, value: op('followed', 'Add', kept, taken) });
  };
  following(movingMean, mean);
  following(movingVariance, variance);
  const output = tape.reshape(normalised(mean, variance), x.shape);

  return tape.record(output, x.shape, [x, gamma, beta], (gradient) => {
    const dy = tape.reshape(gradient, layout);
    const inverse = inverseOf(variance);
    const meanOfDy = average('mean_dy', dy);
    const withX = average('mean_dy_x', op('dy_x', 'Mul', dy, laidOut));
    const withCentred = op('mean_dy_centred', 'Sub', withX, op('dy_shift', 'Mul', meanOfDy, mean));
    const sum = (label: string, value: string) => op(label, 'Mul', value, graph.scalar(count));
    return [
      () => {
        const scale = op('scale', 'Mul', gamma.name, inverse);
        const slope = op('slope', 'Mul', withCentred, op('inverse_square', 'Mul', inverse, inverse));
        const level = op('level', 'Sub', op('tilted_mean', 'Mul', mean, slope), meanOfDy);
        const ofX = op('minus', 'Neg', op('scaled_slope', 'Mul', scale, slope));
        const rest = affine('rest', laidOut, ofX, op('scaled_level', 'Mul', scale, level));
        const none = graph.constant(`0_of_${channels}`, [channels], new Float32Array(channels));
        return tape.reshape(op('dx', 'Add', affine('scaled_dy', dy, scale, none), rest), x.shape);
      },
      () => sum('dgamma', op('mean_dy_normal', 'Mul', withCentred, inverse)),
      () => sum('dbeta', meanOfDy),
    ];
  });
}
