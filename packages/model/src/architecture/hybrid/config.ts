import { z } from 'zod';
import { BACKBONE_NAMES, BACKBONES } from '../backbones.ts';

/** Where the backbone's stages begin and end: cut there, training has all of it to learn, or none. */
export const IMAGE_TAP = 'backbone_normalise';
export const POOL_TAP = 'backbone_pool';

const width = z.int().min(1).max(4096);

/** All that decides a hybrid's layers and their initial weights. */
export const hybridConfigSchema = z
  .strictObject({
    backbone: z.enum(BACKBONE_NAMES),
    /** Last layer of the frozen lower part: a tap of the backbone, `IMAGE_TAP` or `POOL_TAP`. */
    tap: z.string(),
    /** Height and width of the field in pixels. */
    size: z.int().min(32).max(1024),
    unetFilters: z.array(width).min(2).max(6),
    /** The study's U-Net features: the map above the bottleneck, flattened. Missing: the bottleneck, pooled over the cells. */
    variant: z.literal('published').optional(),
    /** 1 (where it is missing): whole white cells; 2: their nuclei as well. */
    maskChannels: z.union([z.literal(1), z.literal(2)]).optional(),
    /** Whether the U-Net draws its masks from channels brought to one mean and spread; manifests of before do not say. */
    standardise: z.boolean().optional(),
    /** What the backbone is shown of the colours: 1 (where it is missing) all, 0 a grey image. */
    saturation: z.number().min(0).max(1).optional(),
    /** Widths of the head's dense layers. */
    head: z.array(width).min(1).max(6),
    dropout: z.number().min(0).lt(1),
    l2: z.number().min(0).max(1),
    batchNorm: z.strictObject({ epsilon: z.number().positive().max(1), momentum: z.number().gt(0).lt(1) }),
    seed: z.int().nonnegative(),
  })
  .refine((c) => [IMAGE_TAP, ...BACKBONES[c.backbone].taps, POOL_TAP].includes(c.tap), {
    error: 'The backbone has no such tap.',
    path: ['tap'],
  })
  .refine((c) => c.size % 2 ** (c.unetFilters.length - 1) === 0, {
    error: 'The pools of the U-Net cannot halve this size.',
    path: ['size'],
  });
export type HybridConfig = Readonly<z.infer<typeof hybridConfigSchema>>;

/** How many masks the U-Net draws; manifests of before nuclei were learned do not say. */
export const maskChannelsOf = ({ maskChannels = 1 }: Pick<HybridConfig, 'maskChannels'>): 1 | 2 =>
  maskChannels;

/** The hybrid that two CPU cores train within the hour. */
export const DEFAULT_HYBRID: HybridConfig = {
  backbone: 'mobilenetv2',
  tap: BACKBONES.mobilenetv2.defaultTap,
  size: 224,
  unetFilters: [8, 16, 32, 64],
  maskChannels: 2,
  standardise: true,
  saturation: 0.5,
  head: [512, 256, 128],
  dropout: 0.7,
  l2: 0.01,
  batchNorm: { epsilon: 1e-3, momentum: 0.9 },
  seed: 1,
};
