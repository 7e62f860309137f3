import { type CostCorrection, costCorrectionSchema, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { SeverityJudgement, SeverityJudgements } from '@blastwise/db';
import { Command } from 'commander';
import { jsonOption } from '../inputs/options.ts';
import { complain, say, sayJson } from '../terminal/print.ts';

/** A judgement whose field has a running number in place of its identifier. */
type Exported = CostCorrection & { readonly field: number };

const COLUMNS = [...costCorrectionSchema.keyof().options, 'field'] as const;

export function correctionsExportCommand(): Command {
  return new Command('export')
    .description(
      'write how harmful readers judged the errors of settled fields, as CSV for costs propose; fields are running numbers, nothing of a patient',
    )
    .addOption(jsonOption())
    .action(async ({ json }: { json?: true }) => {
      const { withInstallation } = await import('../installation/open.ts');
      const { severityJudgements } = await import('@blastwise/db');
      const found = await withInstallation({ existing: true, migrated: true }, ({ db }) =>
        severityJudgements(db),
      );
      const corrections = numbered(found.judgements);
      if (json) sayJson({ corrections, leftOut: found.leftOut, notice: RESEARCH_NOTICE });
      else {
        for (const line of csvLines(corrections)) say(line);
        complain(summary(found));
      }
    });
}

/** The same number for readings of one field, so that several judgements of one error count once. */
function numbered(judgements: readonly SeverityJudgement[]): Exported[] {
  const numbers = new Map<string, number>();
  return judgements.map(({ imageId, ...correction }) => {
    const field = numbers.get(imageId) ?? numbers.size + 1;
    numbers.set(imageId, field);
    return { ...correction, field };
  });
}

/** What the rows are for stands in each: it must outlast this terminal (R22). */
const csvLines = (corrections: readonly Exported[]): string[] => [
  [...COLUMNS, 'notice'].join(','),
  ...corrections.map((correction) =>
    [...COLUMNS.map((column) => correction[column]), `"${RESEARCH_NOTICE}"`].join(','),
  ),
];

function summary({ judgements, leftOut }: SeverityJudgements): string {
  const others = Object.values(leftOut).reduce((sum, n) => sum + n, 0);
  return `${judgements.length} reading${judgements.length === 1 ? '' : 's'} of settled fields; ${others} judge no error and are left out.`;
}
