import {
  type CostMatrix,
  type JudgedAnswer,
  stageIndex,
  toStageRecord,
  toStageVector,
} from '@blastwise/contracts';
import * as db from '@blastwise/db';
import { expectedCosts, minimumRisk, realisedCost } from '@blastwise/model/decision';
import { estimate, wilson } from '@blastwise/model/metrics';
import type { z } from 'zod';
import type { Intervalled } from '../progress/schemas.ts';
import type { Services } from '../services.ts';
import type { ComparedAnswer, ComparedField, compareInput, ModelComparison } from './schemas.ts';

/** The same answers give the same intervals each time. */
const SEED = 1;

function answerUnder(
  answer: JudgedAnswer,
  actual: db.ComparedField['actual'],
  costs: CostMatrix,
): ComparedAnswer {
  const probabilities = toStageVector(answer.probabilities);
  const stage = minimumRisk(probabilities, costs);
  return {
    stage,
    assessable: answer.assessable,
    probability: answer.probabilities[stage],
    expectedCost: toStageRecord(expectedCosts(probabilities, costs))[stage],
    cost: realisedCost({ stage, defer: false }, actual, costs),
  };
}

const costGap = ({ first, second }: ComparedField): number => Math.abs(first.cost - second.cost);

/** Fields that divide the models come first, those that divide them at the highest price before the others. */
function byDifference(a: ComparedField, b: ComparedField): number {
  return (
    Number(b.first.stage !== b.second.stage) - Number(a.first.stage !== a.second.stage) ||
    costGap(b) - costGap(a) ||
    stageIndex(a.actual) - stageIndex(b.actual)
  );
}

/**
 * Mean per field with its 95 % interval over groups; null of none. Where no field has a cost a bootstrap can only repeat it:
 * as many groups as Wilson's bound for 0 of so many allows may still have the worst one.
 */
function meanCost(
  fields: readonly { readonly group: string; readonly value: number }[],
  worst: { readonly lower: number; readonly upper: number },
): Intervalled | null {
  const found = estimate(fields, SEED);
  if (!found) return null;
  const { mean, lower, upper } = found;
  if (fields.some(({ value }) => value !== 0)) return { mean, lower, upper };
  const share = wilson(0, new Set(fields.map(({ group }) => group)).size).upper;
  return { mean, lower: share * worst.lower, upper: share * worst.upper };
}

/**
 * What two models said of the fields on which both were judged, decided as the gate does: by lowest expected cost under the
 * costs in force, never deferring. Nothing is asked of a model again. Fields of cases in blind review count, but none of them is shown alone.
 */
export async function compareModels(
  { db: database }: Services,
  { first, second, limit }: z.output<typeof compareInput>,
): Promise<ModelComparison> {
  const [rows, matrix] = await Promise.all([
    db.comparedFields(database, { first, second }),
    db.activeCosts(database),
  ]);
  const fields = rows.map((row) => {
    const { side, place, setId, setName, setHasImages, imageId, caseId, blind, group, actual } = row;
    return {
      ...{ side, place, setId, setName, setHasImages, imageId, caseId, blind, group, actual },
      first: answerUnder(row.first, actual, matrix.costs),
      second: answerUnder(row.second, actual, matrix.costs),
    };
  });
  const worst = Math.max(...matrix.costs.matrix.flat());
  const meanOf = (value: (field: ComparedField) => number, least: 0 | -1 = 0) =>
    meanCost(
      fields.map((field) => ({
        group: field.imageId ? field.group : `${field.setId} ${field.group}`,
        value: value(field),
      })),
      { lower: least * worst, upper: worst },
    );
  return {
    costMatrix: { version: matrix.version, name: matrix.name },
    total: fields.length,
    differing: fields.filter((field) => field.first.stage !== field.second.stage).length,
    cost: {
      first: meanOf((field) => field.first.cost),
      second: meanOf((field) => field.second.cost),
      difference: meanOf((field) => field.second.cost - field.first.cost, -1),
    },
    blind: fields.filter(({ blind }) => blind).length,
    fields: fields
      .filter(({ blind }) => !blind)
      .toSorted(byDifference)
      .slice(0, limit),
  };
}
