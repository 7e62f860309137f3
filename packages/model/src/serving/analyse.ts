import { type Analysis, toStageRecord } from '@blastwise/contracts';
import type { Artifact } from '../artifact/index.ts';
import { calibrate } from '../calibration/index.ts';
import { mostProbable } from '../decision/index.ts';
import { FIELD_SIZE, type Placement, type RgbImage, restoreMask } from '../images/index.ts';
import { countCells } from '../segmentation/index.ts';

/** What the network says of one field: 4 logits, mask 224 x 224 in 0..1, features. */
export interface NetworkResult {
  readonly logits: Float32Array;
  readonly mask: Float32Array;
  readonly features: Float32Array;
}

export interface FieldPrediction {
  readonly analysis: Analysis;
  /** 0 or 255, row-major, of the input's size. */
  readonly mask: Uint8Array;
  /** Before calibration, in the order of MATURITY_STAGES. */
  readonly logits: Float32Array;
  readonly features: Float32Array;
}

/** Share of bytes that are not 0. */
function share(mask: Uint8Array): number {
  let inside = 0;
  for (const value of mask) if (value !== 0) inside++;
  return mask.length === 0 ? 0 : inside / mask.length;
}

/** 1 where the soft mask is at least one half. */
function cut(soft: Float32Array): Uint8Array {
  const binary = new Uint8Array(soft.length);
  for (let i = 0; i < soft.length; i++) if ((soft[i] ?? 0) >= 0.5) binary[i] = 1;
  return binary;
}

/** Makes the analysis of one field from the network's outputs. Throws `INTERNAL` where they hold no number. */
export function analyse(
  { manifest, digest }: Pick<Artifact, 'manifest' | 'digest'>,
  { width, height }: Pick<RgbImage, 'width' | 'height'>,
  placement: Placement,
  { logits, mask: soft, features }: NetworkResult,
): FieldPrediction {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = logits;
  const probabilities = calibrate([a, b, c, d], manifest.calibration);
  const mask = restoreMask(soft, placement, width, height);
  // Counted on the field, so that a cell has the same size in pixels whatever the input's resolution.
  const cells = countCells(cut(soft), FIELD_SIZE, FIELD_SIZE).count;
  const analysis: Analysis = {
    width,
    height,
    assessable: cells > 0,
    reasons: cells > 0 ? [] : ['no-white-cells'],
    stage: mostProbable(probabilities),
    probabilities: toStageRecord(probabilities),
    cells,
    maskFraction: share(mask),
    predictionSet: null,
    outOfDistribution: null,
    scale: null,
    whiteCells: null,
    versions: {
      modelDigest: digest,
      modelName: manifest.name,
      preprocessing: manifest.preprocessing,
      calibration: manifest.calibration.method,
    },
  };
  return { analysis, mask, logits, features };
}
