import {
  DEFAULT_COST_WEIGHTS,
  type MaturityStage,
  type Severity,
  STUDY_COSTS,
  stageIndex,
  toStageVector,
} from '@blastwise/contracts';
import { minimumRisk } from '@blastwise/model/decision';
import type { Result } from './calls.ts';
import type { AnsweredCase } from './cases.ts';

const resultsOf = (cases: readonly AnsweredCase[]): Result[] =>
  cases.flatMap(({ fields }) => fields.map(({ result }) => result));

/** What the model calls a field by the study's costs, also where it was left to a reader. */
const calledOf = ({ analysis }: Result): MaturityStage =>
  minimumRisk(toStageVector(analysis.probabilities), STUDY_COSTS);

/** Share of the fields that the model calls `stage`, 0..1. */
export function shareCalled(stage: MaturityStage, cases: readonly AnsweredCase[]): number {
  const results = resultsOf(cases);
  return results.filter((result) => calledOf(result) === stage).length / results.length;
}

/** Mean probability of `stage` over the fields, 0..1. */
export function meanProbability(stage: MaturityStage, cases: readonly AnsweredCase[]): number {
  const results = resultsOf(cases);
  return results.reduce((sum, { analysis }) => sum + analysis.probabilities[stage], 0) / results.length;
}

/** Which models answered. */
export const modelsOf = (cases: readonly AnsweredCase[]): string[] => [
  ...new Set(resultsOf(cases).map(({ analysis }) => analysis.versions.modelDigest)),
];

/** A cell of the cost matrix. */
export interface Cell {
  readonly actual: MaturityStage;
  readonly predicted: MaturityStage;
}

export const studyCost = ({ actual, predicted }: Cell): number | undefined =>
  STUDY_COSTS.matrix[stageIndex(actual)]?.[stageIndex(predicted)];

/** The error that a decision makes, if it gave a stage and left nothing to a reader. */
export function errorOf({ decision: { stage, defer } }: Result, actual: MaturityStage): Cell | null {
  return defer || stage === null || stage === actual ? null : { actual, predicted: stage };
}

/** How harmful readers find an error: otherwise than the study, so that its cost moves. */
export const harmOf = (error: Cell): Severity =>
  studyCost(error) === DEFAULT_COST_WEIGHTS.severity.serious ? 'moderate' : 'serious';
