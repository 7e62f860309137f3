import { Fade } from '../../architecture/layers/fade.ts';
import { LUMINANCE } from '../../images/index.ts';
import type { OperatorWriter } from './context.ts';

/** A convolution of 1 x 1: each channel out is its own share and what is left of all three by luminance. */
export const fade: OperatorWriter = ({ graph, layer, inputs }) => {
  if (!(layer instanceof Fade)) throw new TypeError(`${layer.name} is no Fade layer.`);
  const { saturation } = layer;
  const mix = [0, 1, 2].flatMap((out) =>
    LUMINANCE.map((share, channel) => (1 - saturation) * share + (channel === out ? saturation : 0)),
  );
  const kernel = graph.constant(`${layer.name}/mix`, [3, 3, 1, 1], Float32Array.from(mix));
  return graph.node(layer.name, 'Conv', [...inputs(), kernel]);
};
