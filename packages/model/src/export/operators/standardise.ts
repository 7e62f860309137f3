import { SPREAD_FLOOR } from '../../architecture/layers/standardise.ts';
import type { OperatorWriter } from './context.ts';

export const standardise: OperatorWriter = ({ graph, layer, inputs }) => {
  const [image = ''] = inputs();
  const named = (name: string) => `${layer.name}_${name}`;
  // Rows first, as the layer does: over a whole field ONNX Runtime, too, may add values up one by one.
  const mean = (name: string, value: string) => {
    const rows = graph.node(named(`${name}_of_rows`), 'ReduceMean', [value], { axes: [3], keepdims: 1 });
    return graph.node(named(name), 'ReduceMean', [rows], { axes: [2], keepdims: 1 });
  };
  const centred = graph.node(named('centred'), 'Sub', [image, mean('mean', image)]);
  const variance = mean('variance', graph.node(named('squares'), 'Mul', [centred, centred]));
  const spread = graph.node(named('spread'), 'Sqrt', [variance]);
  const floored = graph.node(named('floored'), 'Add', [spread, graph.scalar(SPREAD_FLOOR)]);
  return graph.node(layer.name, 'Div', [centred, floored]);
};
