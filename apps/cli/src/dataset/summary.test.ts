import type { MaturityStage } from '@blastwise/contracts';
import type { InspectedDataset, Surroundings } from '@blastwise/model';
import { expect, it } from 'vitest';
import { summarise } from './summary.ts';

const field = (stage: MaturityStage, i: number, height = 224): InspectedDataset['fields'][number] => ({
  ...{ path: `${stage}/${i}.png`, stage, file: '', sha256: `${i}`, pixels: `${i}`, width: 224, height },
  ...{ look: [], thumbnail: new Uint8Array(0), quantiles: new Float32Array(0) },
});

const grey = { mean: [200, 200, 200], spread: [0, 0, 0] } as const;
const seen: Surroundings = {
  ...{ background: grey, whiteCells: null, cellShare: 0, scaleBar: 'none' },
  colours: new Float32Array(0),
};

it('counts fields, groups and sizes of every stage', async () => {
  const fields = [field('Benign', 1), field('Benign', 2), field('Benign', 3, 448), field('Pre', 4)];
  const groups = ['Benign-001', 'Benign-002', 'Benign-001', 'Pre-001'];
  const dataset: InspectedDataset = { fields, duplicates: [], groups, grouping: 'neighbours' };
  const surroundings = fields.map(() => seen);
  const summary = await summarise(dataset, surroundings, [], 1);
  expect(summary.perStage).toEqual([
    { stage: 'Benign', fields: 3, groups: 2, largestGroup: 2 },
    { stage: 'Early', fields: 0, groups: 0, largestGroup: 0 },
    { stage: 'Pre', fields: 1, groups: 1, largestGroup: 1 },
    { stage: 'Pro', fields: 0, groups: 0, largestGroup: 0 },
  ]);
  expect(summary.sizes).toEqual({ '224 x 224': 3, '224 x 448': 1 });
  expect(summary.groups).toBe(3);
  expect(summary.members['Benign-001']).toEqual(['Benign/1.png', 'Benign/3.png']);
});
