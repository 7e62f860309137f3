import { Normalise } from '../../architecture/layers/normalise.ts';
import { SPREAD_FLOOR } from '../../architecture/layers/standardise.ts';
import { type DifferentiableLayer, inputOf } from './context.ts';

/** Layers that only images go through: no gradient is asked of what they are made from. */
const ofImage =
  (write: DifferentiableLayer): DifferentiableLayer =>
  (context) => {
    if (inputOf(context).isMoved)
      throw new RangeError(`The gradient through ${context.layer.name} is not known.`);
    return write(context);
  };

/** Every channel of [c,n,h,w] less its mean over the places, over its standard deviation and a floor. */
export const standardise = ofImage((context) => {
  const { tape, layer } = context;
  const x = inputOf(context);
  const op = (label: string, operator: string, ...inputs: string[]) =>
    tape.node(`${layer.name}_${label}`, operator, inputs);
  const mean = (label: string, value: string) =>
    [3, 2].reduce(
      (v, axis) => tape.node(`${layer.name}_${label}`, 'ReduceMean', [v], { axes: [axis], keepdims: 1 }),
      value,
    );
  const centred = op('centred', 'Sub', x.name, mean('mean', x.name));
  const spread = op('spread', 'Sqrt', mean('variance', op('squares', 'Mul', centred, centred)));
  const floored = op('floored', 'Add', spread, tape.graph.scalar(SPREAD_FLOOR));
  return { ...x, name: op('output', 'Div', centred, floored) };
});

export const normalise = ofImage((context) => {
  const { tape, layer } = context;
  const x = inputOf(context);
  if (!(layer instanceof Normalise)) throw new TypeError(`${layer.name} is no Normalise layer.`);
  const { order, scale, offset } = layer.normalisation;
  const channels = (label: string, values: readonly number[]) =>
    tape.graph.constant(`${layer.name}/${label}`, [3, 1, 1, 1], Float32Array.from(values));
  const ordered =
    order === 'bgr'
      ? tape.node(`${layer.name}_bgr`, 'Gather', [x.name, tape.graph.indices(2, 1, 0)], { axis: 0 })
      : x.name;
  const scaled = tape.node(`${layer.name}_scaled`, 'Mul', [ordered, channels('scale', scale)]);
  return { ...x, name: tape.node(layer.name, 'Add', [scaled, channels('offset', offset)]) };
});
