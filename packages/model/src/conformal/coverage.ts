import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { type Bounds, wilson } from '../metrics/index.ts';

/** How often the sets of one stage's fields hold that stage, with Wilson's 95 % interval. */
export interface StageCoverage extends Bounds {
  readonly stage: MaturityStage;
  readonly n: number;
  readonly covered: number;
  /** covered / n, 0..1; NaN without fields. */
  readonly share: number;
}

export interface Coverage {
  readonly perStage: readonly StageCoverage[];
  /** Fields whose set holds their true stage / fields. */
  readonly share: number;
  /** Mean number of stages in a set, 1..4. */
  readonly meanSize: number;
  /** Share of the sets that name one stage only. */
  readonly singletons: number;
}

/** Coverage and size of prediction sets on fields whose stage is known. Each interval counts fields as independent. */
export function coverageOf(
  sets: readonly (readonly MaturityStage[])[],
  labels: readonly MaturityStage[],
): Coverage {
  const perStage = MATURITY_STAGES.map((stage): StageCoverage => {
    const own = sets.filter((_, i) => labels[i] === stage);
    const covered = own.filter((set) => set.includes(stage)).length;
    const bounds = own.length === 0 ? { lower: 0, upper: 1 } : wilson(covered, own.length);
    return { stage, n: own.length, covered, share: covered / own.length, ...bounds };
  });
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    perStage,
    share: sum(perStage.map((s) => s.covered)) / sets.length,
    meanSize: sum(sets.map((set) => set.length)) / sets.length,
    singletons: sets.filter((set) => set.length === 1).length / sets.length,
  };
}
