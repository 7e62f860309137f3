import { STUDY_COSTS, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { fitChoices } from './choice-model.ts';
import { foretell, oddsWithout } from './foretell.ts';

describe('foretell', () => {
  it('takes an answer away as by hand', () => {
    // At even odds sigmoid is 0.5 and w 0.25: 0 - 0.5 * 2 / (1 - 0.25 * 2) = -2 for the first decision.
    expect(oddsWithout({ odds: 0, leverage: 2, said: 1 })).toBe(-2);
    expect(oddsWithout({ odds: 0, leverage: 2, said: 0 })).toBe(2);
    expect(oddsWithout({ odds: 3, leverage: 0, said: 0 })).toBe(3);
  });

  it('counts what was foretold rightly, even odds by half, and no preference not at all', () => {
    const foretold = foretell([
      { odds: 3, leverage: 0, said: 1 },
      { odds: 3, leverage: 0, said: 0 },
      { odds: 0, leverage: 0, said: 0 },
      { odds: 3, leverage: 0, said: 0.5 },
    ]);
    expect(foretold).toMatchObject({ right: 1.5, of: 3 });
    expect(foretell([{ odds: 3, leverage: 0, said: 0.5 }])).toBeNull();
  });

  it('does not let an answer foretell itself', () => {
    const even: StageVector = [0.5, 0.5, 0, 0];
    const one = { probabilities: even, first: 'Benign', second: 'Early', answer: 'first' } as const;
    const other = { ...one, answer: 'second' } as const;
    // Alone, what is left is the prior: even odds but for the one step's error. Beside its opposite, the opposite is left.
    expect(fitChoices(STUDY_COSTS.matrix, [one, other]).foretold).toMatchObject({ right: 0, of: 2 });
    expect(fitChoices(STUDY_COSTS.matrix, [one, one, one]).foretold).toMatchObject({ right: 3, of: 3 });
  });
});
