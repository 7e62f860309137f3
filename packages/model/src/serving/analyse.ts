import { type Analysis, type Reason, toStageRecord } from '@blastwise/contracts';
import type { Artifact } from '../artifact/index.ts';
import { calibrate } from '../calibration/index.ts';
import { predictionSet } from '../conformal/index.ts';
import { mostProbable } from '../decision/index.ts';
import type { RgbImage } from '../images/index.ts';
import { oodStatistics, outOfDistribution } from '../ood/index.ts';
import { backgroundColour } from './background-colour.ts';
import type { Reading } from './field-reading.ts';
import type { Explanation } from './pool-explanations.ts';

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

/** Share of bytes that are not 0. */
function share(mask: Uint8Array): number {
  let inside = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) inside++;
  return mask.length === 0 ? 0 : inside / mask.length;
}

/** Makes the analysis of one image from what its tiles say. Throws `INTERNAL` where the logits hold no number. */
export function analyse(
  { manifest, digest, weights }: Pick<Artifact, 'manifest' | 'digest' | 'weights'>,
  image: RgbImage,
  { logits, features, mask, nucleus, whiteCells, explanation, scale, faults, outOfScale }: Reading,
  background = backgroundColour(image),
): FieldPrediction {
  const { width, height } = image;
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = logits;
  const probabilities = calibrate([a, b, c, d], manifest.calibration);
  const { conformal, ood } = manifest;
  const statistics = oodStatistics(weights);
  const found: Reason[] = [...faults];
  if (whiteCells.length === 0 && !faults.includes('blank')) found.push('no-white-cells');
  if (outOfScale) found.push('out-of-scale');
  const reasons = [...new Set(found)];
  const analysis: Analysis = {
    width,
    height,
    assessable: reasons.length === 0,
    reasons,
    stage: mostProbable(probabilities),
    probabilities: toStageRecord(probabilities),
    cells: whiteCells.length,
    maskFraction: share(mask),
    predictionSet: conformal ? predictionSet(probabilities, conformal) : null,
    outOfDistribution: ood && statistics ? outOfDistribution(features, ood, statistics) : null,
    scale,
    whiteCells: [...whiteCells],
    background,
    versions: {
      modelDigest: digest,
      modelName: manifest.name,
      preprocessing: manifest.preprocessing,
      calibration: manifest.calibration.method,
    },
  };
  return { analysis, mask, nucleus, logits, features, explanation };
}
