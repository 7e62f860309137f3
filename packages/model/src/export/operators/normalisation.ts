import { z } from 'zod';
import { type OperatorContext, type OperatorWriter, requiredWeight, weight } from './context.ts';
import { writeConvolution } from './convolution.ts';
import { writeDense } from './dense.ts';
import { affineOf } from './fold.ts';

const epsilonOf = ({ layer }: OperatorContext): number =>
  z.object({ epsilon: z.number() }).parse(layer.getConfig()).epsilon;

/** Folded into the dense layer or convolution that it follows; elsewhere an operator of its own. */
export const batchNormalization: OperatorWriter = (context) => {
  const [before] = context.tensor.inputs;
  const linear = before?.sourceLayer;
  const source = before?.inputs[0];
  const kind = linear?.getClassName();
  const foldable = kind === 'Conv2D' || (kind === 'Dense' && before?.rank === 2);
  if (!linear || !source || !foldable || linear.getConfig().activation !== 'linear')
    return batchNormOfItsOwn(context);
  const affine = affineOf(context, context.layer);
  if (kind === 'Dense') return writeDense(context, linear, context.value(source), affine);
  const [, height, width] = source.shape;
  return writeConvolution(context, linear, context.value(source), [height ?? 0, width ?? 0], affine);
};

/** Pre-activated networks norm what several layers joined. */
function batchNormOfItsOwn(context: OperatorContext): string {
  const { graph, layer, inputs } = context;
  const mean = requiredWeight(context, layer, 'moving_mean');
  const values = {
    gamma: weight(context, layer, 'gamma')?.data ?? mean.data.map(() => 1),
    beta: weight(context, layer, 'beta')?.data ?? mean.data.map(() => 0),
    mean: mean.data,
    variance: requiredWeight(context, layer, 'moving_variance').data,
  };
  const constants = Object.entries(values).map(([name, data]) =>
    graph.constant(`${layer.name}/${name}`, mean.shape, data),
  );
  const epsilon = { float: epsilonOf(context) };
  return graph.node(layer.name, 'BatchNormalization', [...inputs(), ...constants], { epsilon });
}

/** ONNX norms the last axes only, so maps are turned to channels-last and back. */
export const layerNorm: OperatorWriter = (context) => {
  const { graph, layer, tensor, inputs } = context;
  const [input = ''] = inputs();
  const [scale, shift] = ['gamma', 'beta'].map((name) => {
    const { shape, data } = requiredWeight(context, layer, name);
    return graph.constant(`${layer.name}/${name}`, shape, data);
  });
  const norm = (name: string, x: string) =>
    graph.node(name, 'LayerNormalization', [x, scale ?? '', shift ?? ''], {
      axis: -1,
      epsilon: { float: epsilonOf(context) },
    });
  if (tensor.rank !== 4) return norm(layer.name, input);
  const last = graph.node(`${layer.name}_nhwc`, 'Transpose', [input], { perm: [0, 2, 3, 1] });
  const normal = norm(`${layer.name}_normal`, last);
  return graph.node(layer.name, 'Transpose', [normal], { perm: [0, 3, 1, 2] });
};

export const layerScale: OperatorWriter = (context) => {
  const { graph, layer, tensor, inputs } = context;
  const { shape, data } = requiredWeight(context, layer, 'gamma');
  const perChannel = tensor.rank === 4 ? [...shape, 1, 1] : shape;
  return graph.node(layer.name, 'Mul', [
    ...inputs(),
    graph.constant(`${layer.name}/gamma`, perChannel, data),
  ]);
};
