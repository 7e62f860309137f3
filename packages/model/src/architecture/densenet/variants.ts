/** A row of table 1 of Huang et al. 2017. */
export interface DenseNetVariant {
  readonly name: string;
  /** Layers of each dense block. */
  readonly blocks: readonly number[];
  /** Channels of the stem; every transition halves what the block before it has gathered. */
  readonly stem: number;
  /** Channels that each layer adds (the paper's k). */
  readonly growth: number;
}

const variant = (name: string, blocks: readonly number[]): DenseNetVariant => ({
  name,
  blocks,
  stem: 64,
  growth: 32,
});

export const DENSENET121 = variant('densenet121', [6, 12, 24, 16]);
export const DENSENET169 = variant('densenet169', [6, 12, 32, 32]);
export const DENSENET201 = variant('densenet201', [6, 12, 48, 32]);
