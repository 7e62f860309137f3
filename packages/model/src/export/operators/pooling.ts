import { z } from 'zod';
import { MASK_AREA_FLOOR } from '../../architecture/layers/masked-pool.ts';
import { inputSize, type OperatorWriter } from './context.ts';
import { convPads, windowSchema } from './padding.ts';

const configSchema = windowSchema.extend({ poolSize: z.tuple([z.int(), z.int()]) });

const pooling =
  (operator: 'MaxPool' | 'AveragePool'): OperatorWriter =>
  (context) => {
    const { poolSize, strides, padding } = configSchema.parse(context.layer.getConfig());
    const pads = convPads({ kernel: poolSize, strides, padding }, inputSize(context));
    const attributes = { kernel_shape: poolSize, strides, pads };
    return context.graph.node(context.layer.name, operator, context.inputs(), attributes);
  };

export const maxPooling2d = pooling('MaxPool');
export const averagePooling2d = pooling('AveragePool');

export const globalAveragePooling2d: OperatorWriter = ({ graph, layer, inputs }) =>
  graph.node(layer.name, 'Flatten', [graph.node(`${layer.name}_map`, 'GlobalAveragePool', inputs())], {
    axis: 1,
  });

/** In tfjs's order: places first, channels last. */
export const flatten: OperatorWriter = ({ graph, layer, inputs }) => {
  const nhwc = graph.node(`${layer.name}_nhwc`, 'Transpose', inputs(), { perm: [0, 2, 3, 1] });
  return graph.node(layer.name, 'Flatten', [nhwc], { axis: 1 });
};

export const maskedMeanPool: OperatorWriter = ({ graph, layer, inputs }) => {
  const [map = '', mask = ''] = inputs();
  const sum = (name: string, value: string) =>
    graph.node(`${layer.name}_${name}`, 'ReduceSum', [value, graph.indices(2, 3)], { keepdims: 0 });
  const total = sum('sum', graph.node(`${layer.name}_masked`, 'Mul', [map, mask]));
  const area = graph.node(`${layer.name}_area`, 'Add', [sum('mask', mask), graph.scalar(MASK_AREA_FLOOR)]);
  return graph.node(layer.name, 'Div', [total, area]);
};

export const maskedMaxPool: OperatorWriter = ({ graph, layer, inputs }) => {
  const masked = graph.node(`${layer.name}_masked`, 'Mul', inputs());
  return graph.node(layer.name, 'ReduceMax', [masked], { axes: [2, 3], keepdims: 0 });
};
