import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { DominanceWarnings } from './dominance-warnings.tsx';

const [benign, early, , pro] = STUDY_COSTS.matrix;
/** Calling Pre Pro is free, so that a field that is one of the two is called Pro for nothing. */
const DOMINATED: CostMatrix = { ...STUDY_COSTS, matrix: [benign, early, [20, 15, 0, 0], pro] };

const shown = (costs: CostMatrix | null) => renderToStaticMarkup(createElement(DominanceWarnings, { costs }));

it('warns where costs make a stage pointless, and is silent elsewhere', () => {
  expect(shown(DOMINATED)).toContain(
    'Errors on truly Pre fields are nowhere dearer than on truly Pro ones: a field that is one of the two is called Pro for nothing.',
  );
  expect(shown(STUDY_COSTS)).toBe('');
  expect(shown(null)).toBe('');
});
