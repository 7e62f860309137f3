import { STUDY_COSTS } from '@blastwise/contracts';
import { buildHead, loadWeights } from '../architecture/index.ts';
import { hybridConfigOf, loadArtifact } from '../artifact/index.ts';
import type { Side } from '../dataset/index.ts';
import { selectEngine } from '../engine/index.ts';
import { mixSeed, seededRandom } from '../random/index.ts';
import { fitHead } from '../retraining/fit-head.ts';
import { validationJudge } from '../retraining/judge-validation.ts';
import { RETRAINING_RECIPE } from '../retraining/recipe.ts';
import type { TrainingRows } from '../retraining/training-rows.ts';
import { type Timing, timeRuns } from './timing.ts';

/** One row in this many is for validation. */
const VALIDATION_ONE_IN = 8;

/** Made-up rows, of which the last tenth count as corrected: their values change nothing about the time. */
function madeUpRows(n: number, dimension: number): TrainingRows {
  const random = seededRandom(mixSeed(n, dimension));
  return {
    table: {
      features: Float32Array.from({ length: n * dimension }, () => random.next()),
      dimension,
      labels: Uint8Array.from({ length: n }, (_, row) => row % 4),
      groups: Int32Array.from({ length: n }, (_, row) => row),
      sides: Array.from(
        { length: n },
        (_, row): Side => (row % VALIDATION_ONE_IN === 0 ? 'validation' : 'train'),
      ),
    },
    weights: new Float32Array(n).fill(1),
    corrections: [],
    own: Math.floor(0.9 * n),
  };
}

/** The head of an artifact through every epoch of a retraining from `n` cached rows, in ONNX Runtime. */
export async function timeHeadRetraining(dir: string, n: number): Promise<Timing> {
  const { manifest, weights } = await loadArtifact(dir);
  const config = hybridConfigOf(manifest, 'retrained');
  const dimension = weights.get('head_1_dense/kernel')?.shape[0] ?? 0;
  const rows = madeUpRows(n, dimension);
  await selectEngine('onnx');
  const head = buildHead({ ...config, widths: config.head, features: dimension });
  try {
    loadWeights(head, weights);
    const recipe = { ...RETRAINING_RECIPE, patience: RETRAINING_RECIPE.epochs };
    const judge = validationJudge(head, rows, STUDY_COSTS);
    return await timeRuns(() => fitHead(head, rows, { recipe, costs: STUDY_COSTS, judge, seed: 1 }), {
      runs: 1,
      warmups: 0,
    });
  } finally {
    head.dispose();
  }
}
