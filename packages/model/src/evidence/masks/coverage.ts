import { DomainError, MATURITY_STAGES } from '@blastwise/contracts';
import { type Estimate, estimate } from '../../metrics/index.ts';
import type { FieldCoverage } from '../../segmentation/evaluation/index.ts';
import { countCells } from '../../segmentation/index.ts';
import { groupsOf, type LabelledField, readField } from '../labelled-field.ts';
import { inTurn, type Part, SAMPLES, type Subject } from '../part.ts';
import { sampleOf } from '../sample.ts';
import type { ModelEvidence } from '../schema.ts';
import { eachMethod, MASK_METHODS, type MaskSource, maskSource } from './mask-source.ts';

type Coverage = ModelEvidence['masks']['coverage'];

/** Measures how many cells the masks of fields show and what share of their pixels they cover. */
export async function measureCoverage(
  fields: readonly Pick<LabelledField, 'path' | 'file' | 'stage'>[],
  find: MaskSource,
  progress: (done: number, total: number) => void,
): Promise<FieldCoverage[]> {
  const covered: FieldCoverage[] = [];
  const share = (mask: Uint8Array): number => mask.reduce((n, v) => n + (v === 0 ? 0 : 1), 0) / mask.length;
  for (const { path, file, stage } of fields) {
    const image = await readField({ file, path });
    const { cell, nucleus } = await find(image);
    const { count } = countCells(
      cell.map((v) => (v === 0 ? 0 : 1)),
      image.width,
      image.height,
    );
    covered.push({ path, stage, cells: count, cell: share(cell), nucleus: nucleus && share(nucleus) });
    progress(covered.length, fields.length);
  }
  return covered;
}

type Grouped = FieldCoverage & { readonly group: string };

function summarised(own: readonly Grouped[], seed: number): Coverage['stages'][number]['methods']['hsv'] {
  const over = (name: 'cells' | 'cell' | 'nucleus'): Estimate | null =>
    estimate(
      own.map((field) => ({ group: field.group, value: field[name] })),
      seed,
    );
  const [cells, cell] = [over('cells'), over('cell')];
  if (!cells || !cell) throw new DomainError('BAD_INPUT', 'There is no field to cover.');
  return { empty: own.filter((f) => f.cells === 0).length, cells, cell, nucleus: over('nucleus') };
}

/** How much of the fields of each stage the masks cover. */
export function coveragePart({ predictor, fields: all, seed }: Subject): Part<Coverage> {
  const fields = sampleOf(all, SAMPLES.fields, seed);
  return {
    steps: MASK_METHODS.length * fields.length,
    measure: async (report) => {
      const next = inTurn(report);
      const found = await eachMethod(async (method): Promise<Grouped[]> => {
        const covered = await measureCoverage(
          fields,
          maskSource(method, predictor, null),
          next(fields.length),
        );
        return covered.map((field, i) => ({ ...field, group: fields[i]?.group ?? field.path }));
      });
      const stages = MATURITY_STAGES.filter((stage) => fields.some((f) => f.stage === stage)).map((stage) => {
        const of = (method: keyof typeof found) =>
          summarised(
            found[method].filter((f) => f.stage === stage),
            seed,
          );
        const n = fields.filter((f) => f.stage === stage).length;
        return { stage, n, methods: { hsv: of('hsv'), stain: of('stain'), unet: of('unet') } };
      });
      return { n: fields.length, groups: groupsOf(fields), stages };
    },
  };
}
