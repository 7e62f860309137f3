import { MATURITY_STAGES } from '@blastwise/contracts';
import { table } from '../markdown.ts';

/** Rows actual, columns predicted. */
export const confusionTable = (confusion: readonly (readonly number[])[]): string =>
  table(
    ['', ...MATURITY_STAGES],
    MATURITY_STAGES.map((stage, i) => [stage, ...(confusion[i] ?? [])]),
  );
