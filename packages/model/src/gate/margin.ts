import type { CostMatrix } from '@blastwise/contracts';

/** What `margin` of the fields would cost if they were called Benign though malignant, at the cheapest. */
export function allowedRise({ matrix }: CostMatrix, margin: number): number {
  const [, ...malignant] = matrix;
  return margin * Math.min(...malignant.map(([benign]) => benign));
}
