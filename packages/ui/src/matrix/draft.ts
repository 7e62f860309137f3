import { STAGES, type StageName } from '../stages/stages.ts';

/** Costs as numbers: `matrix[actual][predicted]`, and what a referral costs in the same unit. */
export interface Costs {
  matrix: readonly (readonly number[])[];
  referralCost: number;
}

/** Costs as typed, not yet checked. */
export interface CostDraft {
  cells: readonly (readonly string[])[];
  referralCost: string;
}

export interface DraftCheck {
  /** The costs, where every field holds a valid one. */
  costs: Costs | null;
  /** Messages by cell (`"3-0"`: row, column) and `"referral"`. */
  errors: ReadonlyMap<string, string>;
}

export const MOST_COST = 1_000_000;

export const cellKey = (row: number, column: number): string => `${row}-${column}`;

/** "truly Pro, called Benign" */
export function cellWords(row: number, column: number): string {
  return `truly ${STAGES[row] ?? ''}, called ${STAGES[column] ?? ''}`;
}

export function toDraft(costs: Costs): CostDraft {
  return { cells: costs.matrix.map((r) => r.map(String)), referralCost: String(costs.referralCost) };
}

export function withCell(draft: CostDraft, row: number, column: number, text: string): CostDraft {
  return {
    ...draft,
    cells: draft.cells.map((r, i) => (i === row ? r.map((c, j) => (j === column ? text : c)) : r)),
  };
}

/** A cost from text, with a decimal point or comma; or the reason why it is none. */
function parseCost(text: string): { cost: number } | { error: string } {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return { error: 'is missing' };
  const cost = Number(trimmed);
  if (!Number.isFinite(cost)) return { error: 'is not a number' };
  if (cost < 0) return { error: 'cannot be negative' };
  return cost > MOST_COST ? { error: 'cannot exceed 1,000,000' } : { cost };
}

/** Checks every field of a draft; the diagonal is 0 whatever the draft says. */
export function checkDraft(draft: CostDraft): DraftCheck {
  const errors = new Map<string, string>();
  const read = (key: string, name: string, text: string): number => {
    const parsed = parseCost(text);
    if ('cost' in parsed) return parsed.cost;
    errors.set(key, `The cost of ${name} ${parsed.error}.`);
    return Number.NaN;
  };
  const matrix = STAGES.map((_, row) =>
    STAGES.map((_stage, column) =>
      row === column
        ? 0
        : read(cellKey(row, column), cellWords(row, column), draft.cells[row]?.[column] ?? ''),
    ),
  );
  const referralCost = read('referral', 'a second reading', draft.referralCost);
  if (errors.size === 0 && matrix.every((r) => r.every((c) => c === 0))) {
    errors.set(cellKey(0, 1), 'At least one error must cost something.');
  }
  return { costs: errors.size === 0 ? { matrix, referralCost } : null, errors };
}

export interface CostChange {
  actual: StageName | null;
  predicted: StageName | null;
  from: number;
  to: number;
}

/** What differs between two cost settings; both stages null stand for the referral cost. */
export function costChanges(from: Costs, to: Costs): CostChange[] {
  const changes: CostChange[] = STAGES.flatMap((actual, row) =>
    STAGES.map((predicted, column) => ({
      actual,
      predicted,
      from: from.matrix[row]?.[column] ?? 0,
      to: to.matrix[row]?.[column] ?? 0,
    })),
  );
  changes.push({ actual: null, predicted: null, from: from.referralCost, to: to.referralCost });
  return changes.filter((change) => change.from !== change.to);
}
