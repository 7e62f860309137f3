import { MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import type { ModelFigures } from '@blastwise/model';
import { type EvaluationRow, evaluate, reliabilityFigures } from '@blastwise/model/metrics';
import { describe, expect, it } from 'vitest';
import type { SplitComparison } from './comparison.ts';
import { overviewHtml } from './html.ts';
import { overviewTable } from './markdown.ts';
import { overviewOf } from './overview.ts';
import { theStudy } from './study.ts';

/** Two fields a stage; those of the first `wrong` stages are called by the next one's name. */
function judged(wrong: number) {
  const rows = MATURITY_STAGES.flatMap((actual, s) =>
    [0, 1].map((i): EvaluationRow => {
      const called = s < wrong ? (s + 1) % 4 : s;
      const [a, b, c, d] = [0, 1, 2, 3].map((k) => (k === called ? 0.97 : 0.01));
      return {
        actual,
        group: `${actual}${i}`,
        probabilities: [a ?? 0, b ?? 0, c ?? 0, d ?? 0],
        assessable: true,
      };
    }),
  );
  return evaluate(rows, STUDY_COSTS, { seed: 1, resamples: 50 });
}

const figures = (model: string): ModelFigures => ({
  ...{ model, digest: '0'.repeat(64), start: null, learnedFrom: 0 },
  train: judged(1),
  plain: judged(0),
  recoloured: judged(2),
  reliability: reliabilityFigures([], []),
  ...{ parameters: 12_345, trainingSeconds: 600, millisecondsPerField: 5, history: null },
});

const split = (name: string, ...models: string[]): SplitComparison => ({
  ...{ split: name, strategy: name, fields: 8, groups: 8, skipped: [] },
  models: models.map(figures),
});

const study = await theStudy();
const overview = overviewOf([split('random', 'svm', 'mine'), split('grouped', 'mine')], study);

describe('overviewOf', () => {
  it('gathers what is known of a system, every split plain and recoloured, the study below it', () => {
    const names = overview.systems.map(({ system, rows }) => [
      system,
      rows.map(([s, n]) => [s?.value, n?.value]),
    ]);
    expect(names.slice(0, 3)).toEqual([
      [
        'svm',
        [
          ['random', '8 as they are'],
          ['random', '8 recoloured'],
        ],
      ],
      ['study: SVM', [['random', '518 as they are']]],
      [
        'mine',
        [
          ['random', '8 as they are'],
          ['random', '8 recoloured'],
          ['grouped', '8 as they are'],
          ['grouped', '8 recoloured'],
        ],
      ],
    ]);
    expect(overview.systems.filter(({ system }) => system.startsWith('study'))).toHaveLength(
      study.rows.length,
    );
  });

  it('has a figure for every column, with its interval where it was measured here', () => {
    for (const row of overview.systems.flatMap(({ rows }) => rows))
      expect(row).toHaveLength(overview.columns.length - 1);
    const cell = (row: number, column: string) =>
      overview.systems[0]?.rows[row]?.[overview.columns.indexOf(column) - 1];
    // Two of the eight are named wrong.
    expect(cell(0, 'train accuracy')).toMatchObject({
      value: '0.7500',
      interval: expect.stringMatching(/^0\.\d+ to [01]\.\d+$/),
    });
    expect(cell(1, 'train accuracy')).toEqual({ value: '-', interval: null });
    expect(cell(0, 'test accuracy')).toMatchObject({
      value: '1.0000',
      interval: expect.stringMatching(/^\d.*to 1/),
    });
    expect(cell(1, 'test accuracy')?.value).toBe('0.5000');
    // Two Benign called Early at 10, two Early called Pre at 15.
    expect(cell(1, 'total cost')?.value).toBe('50');
    expect(cell(0, 'training')).toEqual({ value: '10.0 min', interval: null });
    expect(cell(0, 'learned numbers')?.value).toBe('12,345');
  });
});

it('is one table in Markdown and in HTML, of as many rows', () => {
  const rows = overview.systems.flatMap((system) => system.rows).length;
  expect(overviewTable(overview).rows).toHaveLength(1 + rows);
  const html = overviewHtml(overview);
  expect(html.match(/<table/g)).toHaveLength(1);
  expect(html.match(/<tr>/g)).toHaveLength(1 + rows);
  expect(html).toContain('<th scope="rowgroup" rowspan="4">mine</th>');
});
