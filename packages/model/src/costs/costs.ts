import { type CostMatrix, costMatrixSchema, DomainError } from '@blastwise/contracts';

/**
 * Reads the text of a costs.json. Throws `BAD_INPUT` with the first thing wrong, in one sentence.
 * Orientation: `matrix[actual][predicted]`.
 */
export function parseCosts(text: string): CostMatrix {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DomainError('BAD_INPUT', 'The cost matrix is not valid JSON.', { cause });
  }
  const parsed = costMatrixSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  throw new DomainError('BAD_INPUT', `The cost matrix is not valid${where}: ${issue?.message ?? 'unknown'}`);
}
