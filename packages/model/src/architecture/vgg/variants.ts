/** One block of table 1 of Simonyan and Zisserman 2015: 3x3 convolutions, then a pool. */
export interface VggBlock {
  readonly filters: number;
  readonly convolutions: number;
}

export interface VggVariant {
  readonly name: string;
  readonly blocks: readonly VggBlock[];
}

/** Column D. */
export const VGG16: VggVariant = {
  name: 'vgg16',
  blocks: [
    { filters: 64, convolutions: 2 },
    { filters: 128, convolutions: 2 },
    { filters: 256, convolutions: 3 },
    { filters: 512, convolutions: 3 },
    { filters: 512, convolutions: 3 },
  ],
};
