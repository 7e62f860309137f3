import type { MaturityStage, StageVector } from '@blastwise/contracts';
import { type ProbabilityScores, probabilityScores } from './scores.ts';
import { addProbabilities, ECE_BINS, emptyTally, TALLY } from './tally.ts';
import { type Bounds, wilson } from './wilson.ts';

/** One bin of the top probability, with Wilson's 95 % interval of its accuracy; 0..1 when it is empty. */
export interface ReliabilityBin extends Bounds {
  /** The bin is `(from, to]`. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean top probability; null when the bin is empty, as is the accuracy. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/** ECE over 15 equal bins, Brier score (0..2), mean NLL (nats), and the bins that the ECE is made of. */
export interface ReliabilityFigures extends ProbabilityScores {
  readonly n: number;
  readonly bins: readonly ReliabilityBin[];
}

/** How well probabilities fit what came true. One label a field. */
export function reliabilityFigures(
  probabilities: readonly StageVector[],
  labels: readonly MaturityStage[],
): ReliabilityFigures {
  const tally = emptyTally();
  probabilities.forEach((p, i) => {
    const actual = labels[i];
    if (actual) addProbabilities(tally, { actual, probabilities: p });
  });
  const bins = Array.from({ length: ECE_BINS }, (_, i): ReliabilityBin => {
    const n = tally[TALLY.binCount + i] ?? 0;
    const correct = tally[TALLY.binCorrect + i] ?? 0;
    const mean = (place: number) => (n === 0 ? null : (tally[place + i] ?? 0) / n);
    return {
      from: i / ECE_BINS,
      to: (i + 1) / ECE_BINS,
      n,
      confidence: mean(TALLY.binConfidence),
      accuracy: mean(TALLY.binCorrect),
      ...(n === 0 ? { lower: 0, upper: 1 } : wilson(correct, n)),
    };
  });
  return { n: probabilities.length, ...probabilityScores(tally), bins };
}
