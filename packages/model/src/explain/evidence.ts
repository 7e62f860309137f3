import type { StageVector } from '@blastwise/contracts';
import { type PerStage, perStage } from './per-stage.ts';
import type { StageGradients } from './stage-gradients.ts';

/** Signed evidence of every place of the last map, `side` x `side` row by row, for every stage. */
export interface EvidenceMap {
  readonly side: number;
  readonly values: PerStage<Float64Array>;
}

/**
 * Gradient times activation on the last map A before its global average: `e[s][p] = sum over c of g[s][c] A[p][c] / P`
 * for P places. The sum over the places is what the map adds to the logit of stage s; the positive part is the stage's
 * Grad-CAM (Selvaraju et al. 2017, eq. 1 and 2), whose weight of channel c is `g[s][c] / P`.
 *
 * @param map row-major [side, side, channels]; its average over the places makes the first `channels` features.
 */
export function evidenceOf(
  { gradients }: Pick<StageGradients, 'gradients'>,
  map: Float32Array,
  side: number,
): EvidenceMap {
  const places = side * side;
  const channels = map.length / places;
  const values = perStage((s) => {
    const g = gradients[s];
    const evidence = new Float64Array(places);
    for (let p = 0, at = 0; p < places; p++) {
      let sum = 0;
      for (let c = 0; c < channels; c++, at++) sum += (g[c] ?? 0) * (map[at] ?? 0);
      evidence[p] = sum / places;
    }
    return evidence;
  });
  return { side, values };
}

/** What the whole map adds to each logit. */
export const totalEvidence = ({ values }: EvidenceMap): StageVector =>
  perStage((s) => values[s].reduce((sum, e) => sum + e, 0));
