import type { MaturityStage } from '@blastwise/contracts';
import type { Rgb } from '../images/index.ts';

/** Lowest and highest value, both possible. Lengths are pixels of a 224 x 224 field. */
export type Range = readonly [number, number];

/** A kind of white cell that a stage shows. */
export interface CellKind {
  /** How often, relative to the stage's other kinds. */
  readonly weight: number;
  readonly radius: Range;
  readonly nucleus: Readonly<Rgb>;
  readonly cytoplasm: Readonly<Rgb>;
  /** Radius of the nucleus over the cell's. */
  readonly nucleusShare: Range;
  /** Contrast of the chromatin (grey levels) and the size of its clumps. */
  readonly chromatin: { readonly contrast: number; readonly clump: number };
  /** Depth of the dents in the outline, as a share of the radius. */
  readonly ragged: number;
}

/** How the slides of a stage look, after the mean colours, sizes and densities measured on the Taleqani fields. */
export interface StageLook {
  /** Colour of the free background in the middle and in the corners of the field. */
  readonly centre: Readonly<Rgb>;
  readonly corner: Readonly<Rgb>;
  readonly redCells: {
    readonly count: Range;
    readonly radius: Range;
    /** Light that passes the thick part of a red cell, per channel. */
    readonly passes: Readonly<Rgb>;
    /** How pale the middle is: 0 a full disc, 1 a ring. */
    readonly pallor: Range;
  };
  readonly platelets: Range;
  readonly smudges: Range;
  readonly whiteCells: Range;
  readonly kinds: readonly CellKind[];
  /** Field-to-field spread of the stain of its white cells, in grey levels. */
  readonly stainSpread: number;
}

export const STAGE_LOOKS: Readonly<Record<MaturityStage, StageLook>> = {
  Benign: {
    centre: [250, 255, 246],
    corner: [237, 242, 244],
    redCells: { count: [100, 150], radius: [7, 9], passes: [0.76, 0.78, 0.89], pallor: [0, 0.6] },
    platelets: [0, 5],
    smudges: [0, 0],
    whiteCells: [5, 14],
    kinds: [
      {
        weight: 5,
        radius: [6, 7.6],
        nucleus: [98, 62, 228],
        cytoplasm: [128, 118, 232],
        nucleusShare: [0.86, 0.95],
        chromatin: { contrast: 20, clump: 3.2 },
        ragged: 0.03,
      },
      {
        weight: 3,
        radius: [8.5, 11],
        nucleus: [134, 102, 240],
        cytoplasm: [150, 150, 244],
        nucleusShare: [0.82, 0.92],
        chromatin: { contrast: 24, clump: 3.2 },
        ragged: 0.04,
      },
      {
        weight: 2,
        radius: [12.5, 16.5],
        nucleus: [164, 140, 244],
        cytoplasm: [156, 176, 244],
        nucleusShare: [0.78, 0.88],
        chromatin: { contrast: 30, clump: 2.8 },
        ragged: 0.05,
      },
      {
        weight: 1,
        radius: [9, 12],
        nucleus: [178, 108, 232],
        cytoplasm: [196, 150, 240],
        nucleusShare: [0.8, 0.92],
        chromatin: { contrast: 28, clump: 3 },
        ragged: 0.08,
      },
    ],
    stainSpread: 16,
  },
  Early: {
    centre: [248, 255, 251],
    corner: [233, 243, 247],
    redCells: { count: [100, 130], radius: [7, 8.8], passes: [0.72, 0.745, 0.885], pallor: [0.05, 0.5] },
    platelets: [2, 14],
    smudges: [0, 1],
    whiteCells: [4, 12],
    kinds: [
      {
        weight: 1,
        radius: [10.6, 14],
        nucleus: [146, 124, 245],
        cytoplasm: [156, 158, 250],
        nucleusShare: [0.91, 0.97],
        chromatin: { contrast: 18, clump: 2 },
        ragged: 0.05,
      },
    ],
    stainSpread: 13,
  },
  Pre: {
    centre: [244, 255, 250],
    corner: [231, 243, 248],
    redCells: { count: [90, 125], radius: [7.2, 9], passes: [0.62, 0.7, 0.94], pallor: [0.35, 0.9] },
    platelets: [0, 3],
    smudges: [1, 3],
    whiteCells: [14, 26],
    kinds: [
      {
        weight: 6,
        radius: [9.2, 13],
        nucleus: [143, 128, 249],
        cytoplasm: [146, 172, 250],
        nucleusShare: [0.9, 0.96],
        chromatin: { contrast: 22, clump: 2.4 },
        ragged: 0.05,
      },
      {
        weight: 2,
        radius: [13.5, 17.3],
        nucleus: [158, 150, 249],
        cytoplasm: [150, 180, 250],
        nucleusShare: [0.86, 0.93],
        chromatin: { contrast: 22, clump: 2.2 },
        ragged: 0.05,
      },
    ],
    stainSpread: 13,
  },
  Pro: {
    centre: [254, 255, 248],
    corner: [243, 244, 249],
    redCells: { count: [85, 125], radius: [6, 7.6], passes: [0.74, 0.77, 0.9], pallor: [0.2, 0.95] },
    platelets: [0, 2],
    smudges: [0, 1],
    whiteCells: [3, 9],
    kinds: [
      {
        weight: 1,
        radius: [9, 12.6],
        nucleus: [212, 171, 250],
        cytoplasm: [222, 190, 251],
        nucleusShare: [0.9, 0.97],
        chromatin: { contrast: 18, clump: 2.6 },
        ragged: 0.06,
      },
    ],
    stainSpread: 8,
  },
};
