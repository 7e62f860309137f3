import { MATURITY_STAGES, type MaturityStage, stageIndex } from '@blastwise/contracts';
import { fitLogisticRegression, predictClasses } from '../classical/index.ts';
import { splitFolds } from './split.ts';

const FOLDS = 5;

interface Coloured {
  readonly stage: MaturityStage;
  readonly colours: Float32Array;
  /** Fields of one group may come from one slide. */
  readonly group: string;
}

/** How well the colours beside the white cells alone name the stage: a shortcut that a model may take. */
export interface NamedByBackground {
  readonly folds: number;
  /** Share of fields named right, out of fold, slides spread over the folds, 0..1. */
  readonly random: number;
  /** The same where fields that look alike stay together: the look of the slide was never seen. */
  readonly grouped: number;
  /** Share of the most frequent stage: what naming it always would score. */
  readonly chance: number;
}

/**
 * Names the stage of every field from its {@link Coloured.colours} by a multinomial logistic regression fitted on the
 * other four of five folds. Null where fewer than two stages have a group for every fold.
 */
export function namedByBackground(fields: readonly Coloured[], seed: number): NamedByBackground | null {
  const groupsOf = (stage: MaturityStage): number =>
    new Set(fields.filter((field) => field.stage === stage).map(({ group }) => group)).size;
  if (MATURITY_STAGES.filter((stage) => groupsOf(stage) >= FOLDS).length < 2) return null;
  const ownGroup = fields.map(({ stage }, i) => ({ stage, group: `${i}` }));
  const counts = MATURITY_STAGES.map((stage) => fields.filter((field) => field.stage === stage).length);
  return {
    folds: FOLDS,
    random: accuracyOutOfFold(fields, splitFolds(ownGroup, FOLDS, seed)),
    grouped: accuracyOutOfFold(fields, splitFolds(fields, FOLDS, seed)),
    chance: Math.max(...counts) / fields.length,
  };
}

function accuracyOutOfFold(fields: readonly Coloured[], folds: readonly number[]): number {
  let right = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const known = fields.filter((_, i) => folds[i] !== fold);
    const asked = fields.filter((_, i) => folds[i] === fold);
    const labels = known.map(({ stage }) => stageIndex(stage));
    const model = fitLogisticRegression(
      known.map(({ colours }) => colours),
      labels,
      MATURITY_STAGES.length,
    );
    const named = predictClasses(
      model,
      asked.map(({ colours }) => colours),
    );
    right += asked.filter(({ stage }, i) => named[i] === stageIndex(stage)).length;
  }
  return right / fields.length;
}
