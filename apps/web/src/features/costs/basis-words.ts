import { CERTAINTIES, CONFIRMATIONS, type CostMatrix, SEVERITIES, stageIndex } from '@blastwise/contracts';
import { chosenCost } from './taken-cells.ts';
import type { CostBasis, LearnedCell, Weights } from './types.ts';

/** A cost of a version beside what was computed for it. */
export interface BasisLine {
  readonly cell: LearnedCell;
  readonly cost: number;
  readonly origin: 'computed' | 'from choices' | 'changed by hand';
}

/** Costs that differ from those in force when they were computed, or from what was computed. */
export function basisLines({ cells }: CostBasis, { matrix }: CostMatrix): BasisLine[] {
  return cells.flatMap((cell): BasisLine[] => {
    const cost = matrix[stageIndex(cell.actual)]?.[stageIndex(cell.predicted)] ?? 0;
    if (cost === cell.active && cost === cell.proposed) return [];
    return [{ cell, cost, origin: originOf(cell, cost) }];
  });
}

function originOf(cell: LearnedCell, cost: number): BasisLine['origin'] {
  if (cost === cell.proposed) return 'computed';
  return cell.chosen && cost === chosenCost(cell.chosen) ? 'from choices' : 'changed by hand';
}

const listed = <Name extends string>(
  names: readonly Name[],
  numbers: Readonly<Record<Name, number>>,
): string => names.map((name) => `${name.replace('-', ' ')} ${numbers[name]}`).join(', ');

/** How judgements were weighed, in sentences. */
export const weightLines = ({ severity, certainty, confirmedBy, priorStrength, step }: Weights): string[] => [
  `Cost of an error judged ${listed(SEVERITIES, severity)}.`,
  `A judgement weighs ${listed(CERTAINTIES, certainty)}, times ${listed(CONFIRMATIONS, confirmedBy)}.`,
  `The founding cost counts as ${priorStrength} judgements; a step is at most ${step.share * 100} % or ${step.cost}.`,
];
