import { Normalise } from '../../architecture/layers/normalise.ts';
import type { OperatorWriter } from './context.ts';

export const add: OperatorWriter = ({ graph, layer, inputs }) =>
  inputs().reduce((sum, input) => graph.node(layer.name, 'Add', [sum, input]));

export const multiply: OperatorWriter = ({ graph, layer, inputs }) =>
  inputs().reduce((product, input) => graph.node(layer.name, 'Mul', [product, input]));

/** Joins channels, which are axis 1 of maps and of vectors alike. */
export const concatenate: OperatorWriter = ({ graph, layer, inputs }) =>
  graph.node(layer.name, 'Concat', inputs(), { axis: 1 });

/** Keeps channel 0 of the masks, as a map of one channel. */
export const cellChannel: OperatorWriter = ({ graph, layer, inputs }) =>
  graph.node(layer.name, 'Gather', [...inputs(), graph.indices(0)], { axis: 1 });

export const identity: OperatorWriter = ({ inputs }) => inputs()[0] ?? '';

export const normalise: OperatorWriter = ({ graph, layer, inputs }) => {
  if (!(layer instanceof Normalise)) throw new TypeError(`${layer.name} is no Normalise layer.`);
  const { order, scale, offset } = layer.normalisation;
  const [image = ''] = inputs();
  const ordered =
    order === 'bgr'
      ? graph.node(`${layer.name}_bgr`, 'Gather', [image, graph.indices(2, 1, 0)], { axis: 1 })
      : image;
  const scaleTensor = graph.constant(`${layer.name}/scale`, [1, 3, 1, 1], Float32Array.from(scale));
  const offsetTensor = graph.constant(`${layer.name}/offset`, [1, 3, 1, 1], Float32Array.from(offset));
  return graph.node(layer.name, 'Add', [
    graph.node(`${layer.name}_scaled`, 'Mul', [ordered, scaleTensor]),
    offsetTensor,
  ]);
};
