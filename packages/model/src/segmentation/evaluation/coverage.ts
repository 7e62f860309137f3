import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';

/** What a mask of one field holds. */
export interface FieldCoverage {
  readonly path: string;
  readonly stage: MaturityStage;
  readonly cells: number;
  /** Shares of the field's pixels, 0..1. */
  readonly cell: number;
  readonly nucleus: number | null;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

/** Per stage: fields, those without any cell, cells a field, and the shares of the pixels that the masks cover. */
export function coverageReport(fields: readonly FieldCoverage[]) {
  return MATURITY_STAGES.map((stage) => {
    const own = fields.filter((f) => f.stage === stage);
    const nuclei = own.flatMap(({ nucleus }) => (nucleus === null ? [] : [nucleus]));
    return {
      stage,
      n: own.length,
      empty: own.filter(({ cells }) => cells === 0).map(({ path }) => path),
      cells: mean(own.map(({ cells }) => cells)),
      cell: mean(own.map(({ cell }) => cell)),
      nucleus: nuclei.length === 0 ? null : mean(nuclei),
    };
  });
}
