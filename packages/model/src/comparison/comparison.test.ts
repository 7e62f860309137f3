import { STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { confusionScores } from '../metrics/index.ts';
import { confusionPlot, costPlot } from './confusion-plot.ts';
import { STUDY_FIELDS, STUDY_ROWS } from './study.ts';

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

it.each(STUDY_ROWS)('the study on $title: its cost per field is its total over the test side', (row) => {
  expect(round(row.totalCost / STUDY_FIELDS)).toBe(row.averageCost);
  // Sum of the matrix 220 over 4 stages.
  expect(round(1 - row.averageCost / 55)).toBe(row.costSensitiveAccuracy);
});

const CONFUSIONS = STUDY_ROWS.flatMap(({ confusion, ...row }) => (confusion ? [{ ...row, confusion }] : []));

it.each(CONFUSIONS)('the study on $title: its figures come from its confusion', ({ confusion, ...row }) => {
  const { accuracy, totalCost, costWeightedF1 } = confusionScores(confusion, STUDY_COSTS);
  const { accuracy: a, totalCost: t, costWeightedF1: f } = row;
  expect([round(accuracy), totalCost, round(costWeightedF1)]).toEqual([a, t, f]);
});

const SMALL = [
  [3, 1, 0, 0],
  [0, 4, 0, 0],
  [2, 0, 0, 0],
  [0, 0, 0, 0],
] as const;

describe('plots of a confusion', () => {
  const texts = (svg: string): string[] =>
    [...svg.matchAll(/text-anchor="middle" fill="[^"]+">([^<]+)</g)].map(([, text]) => text ?? '');

  it('shows the counts, rows actual', () => {
    expect(texts(confusionPlot(SMALL)).map(Number)).toEqual(SMALL.flat());
  });

  it('shows what each cell costs in all', () => {
    // Benign called Early costs 10 once, Pre called Benign 20 twice.
    expect(texts(costPlot(SMALL, STUDY_COSTS)).map(Number)).toEqual([
      ...[0, 10, 0, 0],
      ...[0, 0, 0, 0],
      ...[40, 0, 0, 0],
      ...[0, 0, 0, 0],
    ]);
  });
});
