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

/** The one text of a matrix: fixed key order, numbers in their shortest form, no white space. */
export function canonicalCosts({ stages, matrix, referralCost }: CostMatrix): string {
  // `+ 0` turns a negative zero into zero.
  const rows = matrix.map((row) => row.map((cost) => cost + 0));
  return JSON.stringify({ stages, matrix: rows, referralCost: referralCost + 0 });
}

/** SHA-256 of the canonical text, in hex: equal for equal costs, however the file was written. */
export async function costsDigest(costs: CostMatrix): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalCosts(costs));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
