/** A row of section 3 of Liu et al. 2022. */
export interface ConvNeXtVariant {
  /** Prefix of every layer's name. */
  readonly name: string;
  /** Blocks of each stage. */
  readonly depths: readonly number[];
  /** Channels of each stage. */
  readonly widths: readonly number[];
}

export const CONVNEXT_TINY: ConvNeXtVariant = {
  name: 'convnext_tiny',
  depths: [3, 3, 9, 3],
  widths: [96, 192, 384, 768],
};
export const CONVNEXT_SMALL: ConvNeXtVariant = {
  name: 'convnext_small',
  depths: [3, 3, 27, 3],
  widths: [96, 192, 384, 768],
};
export const CONVNEXT_BASE: ConvNeXtVariant = {
  name: 'convnext_base',
  depths: [3, 3, 27, 3],
  widths: [128, 256, 512, 1024],
};
