import { STUDY_COSTS } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { scoreCopy } from '../metrics/index.ts';
import { robustnessTable } from './table.ts';

it('writes a Markdown line a condition', () => {
  const rows = [1, 2].map((i) => ({
    actual: 'Early' as const,
    // Sure and right, or sure and wrong and not assessable.
    probabilities: i === 1 ? ([0, 1, 0, 0] as const) : ([1, 0, 0, 0] as const),
    group: `${i}`,
    assessable: i === 1,
  }));
  const scores = scoreCopy(rows, STUDY_COSTS, { seed: 1, resamples: 200 });
  const [header, rule, plain, blurred, bare] = robustnessTable([
    { condition: null, ...scores },
    { condition: { name: 'blur', strength: 2 }, ...scores },
    { condition: { name: 'cells-removed', strength: 1 }, ...scores },
  ]).split('\n');
  expect(header).toBe(
    '| change | fields | accuracy | cost per field | malignant called Benign | left to a reader | not assessable |',
  );
  expect(rule).toBe('| --- | --- | --- | --- | --- | --- | --- |');
  expect(plain).toBe(
    '| none | 2 | 50.0 % (0.0 % to 100.0 %) | 5.00 (0.00 to 10.00) | 50.0 % (0.0 % to 100.0 %) | 50.0 % (0.0 % to 100.0 %) | 50.0 % |',
  );
  expect(blurred).toContain('| blur, 2 (sigma, px) | 2 |');
  expect(bare).toContain('| cells-removed | 2 |');
});
