import { type CostTable, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { findDominance } from './dominance.ts';

type Cell = readonly [actual: number, predicted: number, cost: number];

const studyWith = (cells: readonly Cell[]): CostTable => {
  const matrix = structuredClone(STUDY_COSTS.matrix);
  for (const [actual, predicted, cost] of cells) {
    const row = matrix[actual];
    if (row) row[predicted] = cost;
  }
  return matrix;
};

const PRE_FOR_PRO_IS_FREE: Cell = [2, 3, 0];
/** Column Pro 20 15 0 0 beside column Pre 20 15 0 10. */
const PRO_NEVER_DEARER: Cell[] = [[0, 3, 20], [1, 3, 15], PRE_FOR_PRO_IS_FREE];

describe('findDominance', () => {
  it.each<{ name: string; cells: Cell[]; found: string[] }>([
    { name: 'nothing in the study', cells: [], found: [] },
    // Row Pre 20 15 0 0 beside row Pro 30 25 10 0; of the columns, each is dearer somewhere.
    { name: 'a truth', cells: [PRE_FOR_PRO_IS_FREE], found: ['truth Pre by Pro'] },
    {
      name: 'a decision',
      cells: PRO_NEVER_DEARER,
      found: ['decision Pre by Pro', 'truth Pre by Pro'],
    },
    // Row Pro 30 25 0 0 stays above row Pre 20 15 0 0.
    {
      name: 'two equal columns',
      cells: [...PRO_NEVER_DEARER, [3, 2, 0]],
      found: ['decision Pre by Pro', 'truth Pre by Pro', 'decision Pro by Pre'],
    },
    // Column Pro 30 25 10 0 is nowhere cheaper than column Pre 20 15 0 0.
    {
      name: 'a stage whose errors are all free',
      cells: [
        [3, 0, 0],
        [3, 1, 0],
        [3, 2, 0],
      ],
      found: ['truth Pro by Benign', 'truth Pro by Early', 'decision Pro by Pre', 'truth Pro by Pre'],
    },
  ])('finds $name', ({ cells, found }) => {
    expect(findDominance(studyWith(cells)).map(({ kind, stage, by }) => `${kind} ${stage} by ${by}`)).toEqual(
      found,
    );
  });

  it('says what follows', () => {
    expect(findDominance(studyWith(PRO_NEVER_DEARER)).map(({ sentence }) => sentence)).toEqual([
      'Calling a field Pre is nowhere cheaper than calling it Pro: no probabilities make Pre the one cheapest answer.',
      'Errors on truly Pre fields are nowhere dearer than on truly Pro ones: a field that is one of the two is called Pro for nothing.',
    ]);
  });
});
