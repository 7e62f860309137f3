import { MATURITY_STAGES } from '@blastwise/contracts';
import { BACKBONES } from '../backbones.ts';
import { buildNetwork } from '../network.ts';
import { buildUNet } from '../unet/index.ts';
import { type HybridConfig, maskChannelsOf } from './config.ts';

/** How many features the U-Net gives the head. */
export function unetFeatures({ variant, unetFilters, size }: HybridConfig): number {
  if (variant !== 'published') return 2 * (unetFilters.at(-1) ?? 0);
  const level = unetFilters.length - 2;
  return (size / 2 ** level) ** 2 * (unetFilters[level] ?? 0);
}

export interface HeadSize {
  readonly parameters: number;
  /** Values of its largest weight. */
  readonly largest: number;
}

/** The head over a backbone of so many channels: dense layers with bias and batch norm, then the logits. */
export function headSize(config: HybridConfig, channels: number): HeadSize {
  const widths = [channels + unetFeatures(config), ...config.head];
  const kernels = config.head.map((width, i) => (widths[i] ?? 0) * width);
  const perUnit = 5;
  const units = config.head.reduce((a, b) => a + b, 0);
  const logits = ((widths.at(-1) ?? 0) + 1) * MATURITY_STAGES.length;
  const parameters = kernels.reduce((a, b) => a + b, 0) + perUnit * units + logits;
  return { parameters, largest: Math.max(...kernels) };
}

/** All parameters of a hybrid, without building its head, which may be larger than the rest. Needs an engine. */
export function hybridParameters(config: HybridConfig): number {
  const { backbone, size, unetFilters, seed } = config;
  const network = buildNetwork(backbone, BACKBONES[backbone].stages(), [size, size, 3]);
  const unet = buildUNet({
    size,
    inputChannels: 3,
    filters: unetFilters,
    maskChannels: maskChannelsOf(config),
    seed,
  });
  const channels = Number(network.outputs[0]?.shape.at(-1));
  const count = network.countParams() + unet.countParams() + headSize(config, channels).parameters;
  network.dispose();
  unet.dispose();
  return count;
}
