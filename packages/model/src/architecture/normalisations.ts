import type { ChannelNormalisation } from './layers/index.ts';

const perChannel = (value: (channel: 0 | 1 | 2) => number) => [value(0), value(1), value(2)] as const;

/** x / 127.5 - 1 on RGB: MobileNetV2's. */
export const SYMMETRIC: ChannelNormalisation = {
  order: 'rgb',
  scale: perChannel(() => 1 / 127.5),
  offset: perChannel(() => -1),
};

const IMAGENET_MEAN = [0.485, 0.456, 0.406] as const;
const IMAGENET_SPREAD = [0.229, 0.224, 0.225] as const;
/** ImageNet's mean and spread per channel brought to 0 and 1: DenseNet's (mode "torch") and ConvNeXt's. */
export const IMAGENET_STANDARD: ChannelNormalisation = {
  order: 'rgb',
  scale: perChannel((c) => 1 / (255 * IMAGENET_SPREAD[c])),
  offset: perChannel((c) => -IMAGENET_MEAN[c] / IMAGENET_SPREAD[c]),
};

/** BGR 0..255 less ImageNet's means, unscaled: VGG's (mode "caffe"). */
export const IMAGENET_CENTRED: ChannelNormalisation = {
  order: 'bgr',
  scale: [1, 1, 1],
  offset: [-103.939, -116.779, -123.68],
};

const [LEVEL, SPREAD] = [190, 43];
/**
 * The middle and spread of a typical field's channels, the same for every field: where only the cells shall be seen,
 * nothing may be measured on what surrounds them.
 */
export const CELL_READING: ChannelNormalisation = {
  order: 'rgb',
  scale: perChannel(() => 1 / SPREAD),
  offset: perChannel(() => -LEVEL / SPREAD),
};
