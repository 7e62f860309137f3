import { type Analysis, toStageRecord } from '@blastwise/contracts';
import type { Artifact } from '../artifact/index.ts';
import { calibrate } from '../calibration/index.ts';
import { mostProbable } from '../decision/index.ts';
import { explainField, type FieldExplanation, type StageHead, whiteCellsOf } from '../explain/index.ts';
import { FIELD_SIZE, type Placement, type RgbImage, restoreMask } from '../images/index.ts';
import { countCells } from '../segmentation/index.ts';

/**
 * What the network says of one field: 4 logits, masks 224 x 224 in 0..1, interleaved where there are two (cell, then
 * nucleus), features; the last map where asked for.
 */
export interface NetworkResult {
  readonly logits: Float32Array;
  readonly mask: Float32Array;
  readonly features: Float32Array;
  readonly map?: Float32Array;
}

/** An explanation and where the image lies in the field that it explains. */
export interface Explanation extends FieldExplanation {
  readonly placement: Placement;
}

export interface FieldPrediction {
  readonly analysis: Analysis;
  /** Whole white cells: 0 or 255, row-major, of the input's size. */
  readonly mask: Uint8Array;
  /** Their nuclei, likewise; null where the model draws none. */
  readonly nucleus: Uint8Array | null;
  /** Before calibration, in the order of MATURITY_STAGES. */
  readonly logits: Float32Array;
  readonly features: Float32Array;
  /** Where in the field the evidence for each stage lies; null where none was asked for. */
  readonly explanation: Explanation | null;
}

/** The network's masks of one field, apart. */
export function splitMasks(masks: Float32Array): { cell: Float32Array; nucleus: Float32Array | null } {
  const pixels = FIELD_SIZE * FIELD_SIZE;
  if (masks.length !== 2 * pixels) return { cell: masks, nucleus: null };
  const [cell, nucleus] = [new Float32Array(pixels), new Float32Array(pixels)];
  for (let i = 0; i < pixels; i++) {
    cell[i] = masks[2 * i] ?? 0;
    nucleus[i] = masks[2 * i + 1] ?? 0;
  }
  return { cell, nucleus };
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

/**
 * Makes the analysis of one field from the network's outputs, explained where the head and the last map are given.
 * Throws `INTERNAL` where the logits hold no number.
 */
export function analyse(
  { manifest, digest }: Pick<Artifact, 'manifest' | 'digest'>,
  { width, height }: Pick<RgbImage, 'width' | 'height'>,
  placement: Placement,
  { logits, mask: masks, features, map }: NetworkResult,
  head?: StageHead,
): FieldPrediction {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = logits;
  const probabilities = calibrate([a, b, c, d], manifest.calibration);
  const { cell: soft, nucleus: softNucleus } = splitMasks(masks);
  const mask = restoreMask(soft, placement, width, height);
  const nucleus = softNucleus && restoreMask(softNucleus, placement, width, height);
  // Counted on the field, so that a cell has the same size in pixels whatever the input's resolution.
  const found = countCells(cut(soft), FIELD_SIZE, FIELD_SIZE);
  const cells = found.count;
  const explanation = head && map ? { ...explainField(head, { features, map }, found), placement } : null;
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
    whiteCells: whiteCellsOf(found, placement, { width, height }, explanation?.cells),
    versions: {
      modelDigest: digest,
      modelName: manifest.name,
      preprocessing: manifest.preprocessing,
      calibration: manifest.calibration.method,
    },
  };
  return { analysis, mask, nucleus, logits, features, explanation };
}
