import type { CostMatrix } from './costs.ts';

/** The one text of a matrix: fixed key order, numbers in their shortest form, no white space. */
export function canonicalCosts({ stages, matrix, referralCost }: CostMatrix): string {
  // `+ 0` turns a negative zero into zero.
  const rows = matrix.map((row) => row.map((cost) => cost + 0));
  return JSON.stringify({ stages, matrix: rows, referralCost: referralCost + 0 });
}

/** SHA-256 of the canonical text, in hex: equal for equal costs, so for equal decisions, however the file was written. */
export async function costsDigest(costs: CostMatrix): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalCosts(costs));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
