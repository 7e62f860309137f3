import { DEFAULT_COST_WEIGHTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { areDefaults, DEFAULT_WEIGHTS_TEXT, readWeights, WEIGHT_GROUPS } from './weights-text.ts';

const withText = (key: string, value: string) => ({ ...DEFAULT_WEIGHTS_TEXT, [key]: value });

describe('weights in a form', () => {
  it('are the defaults at first, every one of them in a field', () => {
    expect(readWeights(DEFAULT_WEIGHTS_TEXT)).toEqual({ weights: DEFAULT_COST_WEIGHTS });
    expect(areDefaults(DEFAULT_WEIGHTS_TEXT)).toBe(true);
    const keys = WEIGHT_GROUPS.flatMap(({ fields }) => fields.map(({ key }) => key));
    expect(keys.toSorted()).toEqual(Object.keys(DEFAULT_WEIGHTS_TEXT).toSorted());
  });

  it('take a decimal comma and a step in percent', () => {
    const text = { ...withText('certainty.unsure', '0,1'), 'step.percent': '10' };
    expect(areDefaults(text)).toBe(false);
    expect(readWeights(text)).toMatchObject({
      weights: { certainty: { unsure: 0.1 }, step: { share: 0.1, cost: 2 } },
    });
  });

  it.each([
    ['severity.none', '', 'Every weight must be a number.'],
    ['severity.none', 'x', 'Every weight must be a number.'],
    ['severity.minor', '11', 'A graver error cannot cost less than a milder one.'],
    ['certainty.sure', '-1', 'A weight cannot be negative.'],
    ['priorStrength', '0', 'The prior strength must be above 0.'],
    ['step.percent', '101', 'A step cannot exceed the whole cost.'],
  ])('%s "%s" is refused: %s', (key, value, error) => {
    expect(readWeights(withText(key, value))).toEqual({ error });
  });
});
