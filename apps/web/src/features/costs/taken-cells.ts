import type { CostMatrix, MaturityStage } from '@blastwise/contracts';
import { cellKey, type LearnedCell, type LearnedCosts, type TakenCells } from './types.ts';

/** The cost of a cell as the draft would have it: of what choices say, where that is taken. */
export const costWith = (cell: LearnedCell, taken: TakenCells): number =>
  cell.chosen && taken.has(cellKey(cell)) ? chosenCost(cell.chosen) : cell.proposed;

/** What choices say, in the four figures in which it is taken. */
export const chosenCost = ({ cost }: NonNullable<LearnedCell['chosen']>): number =>
  Number(cost.toPrecision(4));

/** The proposal with the cells that are taken from choices under doubt. */
export function costsWith({ costs, cells }: LearnedCosts, taken: TakenCells): CostMatrix {
  const of = (actual: MaturityStage, predicted: MaturityStage): number => {
    const cell = cells.find((c) => c.actual === actual && c.predicted === predicted);
    return cell ? costWith(cell, taken) : 0;
  };
  const row = (actual: MaturityStage): [number, number, number, number] => [
    of(actual, 'Benign'),
    of(actual, 'Early'),
    of(actual, 'Pre'),
    of(actual, 'Pro'),
  ];
  return { ...costs, matrix: [row('Benign'), row('Early'), row('Pre'), row('Pro')] };
}

/** The set with the cell where it was not, and without it where it was. */
export function toggled(taken: TakenCells, cell: LearnedCell): TakenCells {
  const key = cellKey(cell);
  const without = new Set([...taken].filter((other) => other !== key));
  return taken.has(key) ? without : without.add(key);
}
