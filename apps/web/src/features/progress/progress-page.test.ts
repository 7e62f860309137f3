import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ProgressView } from './progress-page.tsx';
import type { Progress } from './types.ts';

const figure = { mean: 250, lower: 120, upper: 400 };
const course = {
  cases: 12,
  patients: 11,
  fields: 14,
  overall: figure,
  steps: [
    { from: '2026-03-02T10:00:00Z', to: '2026-03-05T10:00:00Z', cases: 9, figure },
    { from: '2026-03-09T10:00:00Z', to: '2026-03-09T10:00:00Z', cases: 3, figure: null },
  ],
};
const progress: Progress = {
  costMatrix: { id: 'm', version: 2, name: 'Dearer misses' },
  cost: { ...course, notAssessable: 1 },
  trend: {
    since: '2026-03-05T10:00:00Z',
    difference: { mean: -30, lower: -90, upper: 25 },
    verdict: 'cannot-tell',
  },
  sample: { drawn: 20, read: 12 },
  agreement: { fields: 9, patients: 8, observed: 0.8, kappa: 0.7, interval: { lower: 0.4, upper: 0.9 } },
  override: { ...course, overall: { mean: 1, lower: 0.57, upper: 1 } },
  flips: { readAgain: 2, flipped: 1 },
  leastPatients: 5,
};

it('answers first, then shows what the answer rests on', () => {
  const html = renderToStaticMarkup(createElement(ProgressView, { progress }));
  const text = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  expect(text).toMatch(
    /^Is it getting better\? Nobody can tell yet\. .* 20 cases drawn for blind review, 12 read\. Cost per 100 cases 250/,
  );
  expect(text).toContain('100.0 % (57.0 % to 100.0 %)');
  expect(text).toContain('Cohen’s kappa 0.70 (95 % interval: 0.40 to 0.90)');
  expect(html).toContain(
    'aria-label="Cost per 100 cases: 2 Mar to 5 Mar: 250 (120 to 400); 9 Mar: too few patients"',
  );
});
