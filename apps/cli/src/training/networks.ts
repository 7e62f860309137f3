import type { TrainableModel } from '@blastwise/model';

/** Named here as well, so that --help need not load the networks; the type keeps the lists equal. */
export const NETWORKS = [
  'mobilenetv2',
  'vgg16',
  'densenet121',
  'densenet169',
  'densenet201',
  'convnext-tiny',
  'convnext-small',
  'convnext-base',
] as const satisfies readonly TrainableModel[];
