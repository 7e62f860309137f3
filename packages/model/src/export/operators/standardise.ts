import { SPREAD_FLOOR } from '../../architecture/layers/standardise.ts';
import type { OperatorWriter } from './context.ts';

export const standardise: OperatorWriter = ({ graph, layer, inputs }) => {
  const [image = ''] = inputs();
  const named = (name: string) => `${layer.name}_${name}`;
  const mean = (name: string, value: string) =>
    graph.node(named(name), 'ReduceMean', [value], { axes: [2, 3], keepdims: 1 });
  const centred = graph.node(named('centred'), 'Sub', [image, mean('mean', image)]);
  const variance = mean('variance', graph.node(named('squares'), 'Mul', [centred, centred]));
  const spread = graph.node(named('spread'), 'Sqrt', [variance]);
  const floored = graph.node(named('floored'), 'Add', [spread, graph.scalar(SPREAD_FLOOR)]);
  return graph.node(layer.name, 'Div', [centred, floored]);
};
