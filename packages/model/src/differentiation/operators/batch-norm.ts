import type { Value } from '../tape.ts';
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
 * training, with dx = gamma / sigma (dy - mean(dy) - xhat mean(dy xhat)); otherwise by the moving statistics.
 */
export function batchNorm(context: NormContext, x: Value, { epsilon, momentum, axis }: NormSettings): Value {
  const { tape, layer, isTraining, weight, follow } = context;
  const { name } = layer;
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const [mean, variance] = [weight('moving_mean'), weight('moving_variance')];
  const channels = x.shape[axis] ?? 0;
  const others = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
  const wide = x.shape.map((size, i) => (i === axis ? size : 1));
  const count = others.reduce((n, i) => n * (x.shape[i] ?? 1), 1);
  const op = (label: string, operator: string, ...inputs: string[]) =>
    tape.node(`${name}_${label}`, operator, inputs);
  const scalar = (value: number) => tape.graph.scalar(value);
  const broad = (value: string) => tape.reshape(value, wide);
  const average = (label: string, value: string) =>
    tape.node(`${name}_${label}`, 'ReduceMean', [value], { axes: others, keepdims: 1 });
  const inverseOf = (spread: string) =>
    op('inverse', 'Reciprocal', op('deviation', 'Sqrt', op('variance', 'Add', spread, scalar(epsilon))));

  if (!isTraining) {
    const scale = op('scale', 'Mul', broad(gamma.name), inverseOf(broad(variance.name)));
    const centred = op('centred', 'Sub', x.name, broad(mean.name));
    const output = op('output', 'Add', op('scaled', 'Mul', centred, scale), broad(beta.name));
    return tape.record(output, x.shape, [x], (dy) => [() => op('dx', 'Mul', dy, scale)]);
  }
  const now = average('mean', x.name);
  const centred = op('centred', 'Sub', x.name, now);
  const spread = average('spread', op('squares', 'Mul', centred, centred));
  const following = (moving: Value, seen: string) => {
    const kept = op('kept', 'Mul', moving.name, scalar(momentum));
    const taken = op('taken', 'Mul', tape.reshape(seen, [channels]), scalar(1 - momentum));
    follow({ name: moving.name, value: op('followed', 'Add', kept, taken) });
  };
  following(mean, now);
  following(variance, spread);
  const inverse = inverseOf(spread);
  const scale = op('scale', 'Mul', broad(gamma.name), inverse);
  const output = op('output', 'Add', op('scaled', 'Mul', centred, scale), broad(beta.name));
  return tape.record(output, x.shape, [x, gamma, beta], (dy) => {
    const meanOfDy = average('mean_dy', dy);
    const withCentred = average('mean_dy_centred', op('dy_centred', 'Mul', dy, centred));
    const sumOf = (label: string, value: string) =>
      tape.reshape(op(label, 'Mul', value, scalar(count)), [channels]);
    return [
      () => {
        const slope = op('slope', 'Mul', withCentred, op('inverse_square', 'Mul', inverse, inverse));
        const rest = op('rest', 'Sub', op('level', 'Sub', dy, meanOfDy), op('tilt', 'Mul', centred, slope));
        return op('dx', 'Mul', rest, scale);
      },
      () => sumOf('dgamma', op('mean_dy_normal', 'Mul', withCentred, inverse)),
      () => sumOf('dbeta', meanOfDy),
    ];
  });
}
