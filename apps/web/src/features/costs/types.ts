import type { CostMatrix } from '@blastwise/contracts';
import type { RouterInputs, RouterOutputs } from '../../trpc/types.ts';

export type CostVersion = RouterOutputs['costs']['list'][number];
export type CostPreview = RouterOutputs['costs']['preview'];
export type CostComparison = NonNullable<CostPreview['expected']>;
export type Outcome = CostPreview['transitions'][number]['from'];
export type Flip = RouterOutputs['costs']['flips']['flips'][number];
export type CostBasis = NonNullable<RouterOutputs['costs']['basis']>;
export type LearnedCosts = RouterOutputs['costs']['learned'];
export type LearnedCell = LearnedCosts['cells'][number];
/** Costs to be taken from choices under doubt instead of severities, each as {@link cellKey}. */
export type TakenCells = ReadonlySet<string>;
export const cellKey = ({ actual, predicted }: Pick<LearnedCell, 'actual' | 'predicted'>): string =>
  `${actual} ${predicted}`;

/** What a proposal starts from where that is not the version in force itself. */
export interface DraftStart {
  /** The version in force that it was computed against. */
  activeId: string;
  costs: CostMatrix;
  name: string;
  reason: string;
  /** Where the costs were computed from readers' judgements: with these weights, as this matrix. */
  computed: Computed | null;
  /** The own draft that it takes the place of. */
  replaces: string | null;
}
export type Weights = Computed['weights'];
export type Computed = NonNullable<RouterInputs['costs']['propose']['computed']>;
