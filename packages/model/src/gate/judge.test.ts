import { type CostMatrix, LOCKED_TEST_LARGEST_BUDGET, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { type GateOptions, judgeChallenger } from './judge.ts';
import { type PairedOutcome, pairOutcomes } from './outcome.ts';
import { outcomes } from './testing.ts';

const judge = (fields: readonly PairedOutcome[], options: Partial<GateOptions> = {}) =>
  judgeChallenger(fields, STUDY_COSTS, { seed: 1, ...options });

/** As many malignant groups of 40 fields on which both models are right. */
const right = (groups: number): PairedOutcome[] =>
  Array.from({ length: groups }, (_, i) => outcomes(`right ${i}`, ['Pre', 'Pre', 'Pre'], 40)).flat();
const swap = (fields: readonly PairedOutcome[]): PairedOutcome[] =>
  fields.map((field) => ({ ...field, champion: field.challenger, challenger: field.champion }));

/** In six groups of 40 the champion calls ten Pro Pre, at a cost of 10 each; the challenger is right. */
const better = [
  ...right(4),
  ...[0, 1, 2, 3, 4, 5].flatMap((i) => [
    ...outcomes(`pro ${i}`, ['Pro', 'Pre', 'Pro'], 10),
    ...outcomes(`pro ${i}`, ['Pro', 'Pro', 'Pro'], 30),
  ]),
];

describe('judgeChallenger', () => {
  it('promotes a better model', () => {
    const result = judge(better);
    expect(result).toMatchObject({
      ...{ promote: true, verdict: 'promote', discordantGroups: 6, fields: 400, groups: 10 },
      costDifference: { mean: -600 / 400, p: 1 / 64 },
      malignantToBenign: { champion: 0, challenger: 0, margin: 0.01 },
      // All six or, at 5 %, three of 64 patterns: five against one stands for six more.
      ...{ smallestP: 1 / 64, smallestDetectable: 600 / 400 },
    });
    expect(result.costDifference.lower).toBeLessThan(-1.5);
    expect(result.costDifference.upper).toBeLessThan(0);
    expect(result.malignantToBenign.upper).toBeCloseTo(1 - 0.05 ** (1 / 400), 9);
    expect(result.reasons).toEqual([
      'The challenger may replace the champion: it is proven cheaper, and missed leukemia does not rise beyond the margin.',
      expect.stringMatching(/^The challenger costs 1.50 less per field .* over 400 fields in 10 groups/),
      expect.stringMatching(/by chance with probability 0.0156, judged by the 6 of 10 groups .* 0.05/),
      expect.stringMatching(
        /^Of 400 malignant fields .* 0.00 % .* at most 0.75 percentage points higher, and 1.00 are allowed/,
      ),
      expect.stringMatching(/10 groups could only rule out new misses above 25.89 %/),
    ]);
  });

  it('refuses a worse model', () => {
    const result = judge(swap(better));
    expect(result).toMatchObject({ verdict: 'refuse', costDifference: { mean: 1.5, p: 1 } });
    expect(result.costDifference.lower).toBeGreaterThan(0);
    expect(result.reasons[1]).toMatch(/costs 1.50 more per field/);
    expect(result.reasons[2]).toMatch(/would have to cost less \(p = 1, at most 0.05 is allowed\)/);
  });

  it('refuses a worse model even where too few groups differ', () => {
    const field = outcomes('a', ['Pro', 'Pro', 'Benign']);
    expect(judge([...right(10), ...field]).verdict).toBe('refuse');
  });

  it('refuses a model that is cheaper and misses more', () => {
    const missed = ['x', 'y'].flatMap((group) => outcomes(group, ['Early', 'Early', 'Benign'], 8));
    const result = judge([...better, ...missed]);
    expect(result.costDifference.p).toBeLessThanOrEqual(0.05);
    expect(result.costDifference.mean).toBeLessThan(0);
    expect(result.verdict).toBe('refuse');
    expect(result.reasons.at(-1)).toMatch(/misses 16 malignant fields that the champion recognises/);
  });

  it('refuses a model that gains no more than chance would', () => {
    const even = swap(better).map((field) => ({ ...field, group: `other ${field.group}` }));
    const result = judge([...better, ...even]);
    expect(result).toMatchObject({ verdict: 'refuse', discordantGroups: 12, costDifference: { mean: 0 } });
    expect(result.reasons.join(' ')).toMatch(/a gain of \S+ per field would have been proof/);
  });

  it('says that too few groups differ for any proof', () => {
    const few = better.filter(({ group }) => !['pro 4', 'pro 5'].includes(group));
    const result = judge(few);
    expect(result).toMatchObject({
      ...{
        verdict: 'insufficient-evidence',
        discordantGroups: 4,
        smallestP: 1 / 16,
        smallestDetectable: null,
      },
    });
    expect(result.reasons[2]).toMatch(
      /4 of 8 groups, .* p = 0.0625 at best; at most 0.05 is allowed, .* at least 5 such/,
    );
    const equal = judge(right(4));
    expect(equal).toMatchObject({ verdict: 'insufficient-evidence', discordantGroups: 0 });
    expect(equal.reasons[1]).toMatch(/^The two models cost the same in every one of 4 groups/);
  });

  it('refuses a model that answers alike in groups enough: 5 would have reached 1/32', () => {
    const result = judge(right(5));
    expect(result).toMatchObject({ verdict: 'refuse', promote: false, discordantGroups: 0 });
    expect(result.reasons[1]).toMatch(/^The challenger answers alike: .* in every one of 5 groups/);
  });

  it('says that too few malignant fields were tested', () => {
    const result = judge(better.filter(({ group }) => group.startsWith('pro')));
    expect(result.verdict).toBe('insufficient-evidence');
    expect(result.reasons.at(-1)).toMatch(/it takes 299/);
    expect(judge(better, { margin: 0.005 }).verdict).toBe('insufficient-evidence');
  });

  it('shares alpha among the uses of the test set', () => {
    expect(judge(better, { budget: 3 })).toMatchObject({ promote: true, level: 0.05 / 3 });
    expect(judge(better, { budget: 4 })).toMatchObject({ verdict: 'insufficient-evidence' });
    expect(judge(better, { alpha: 0.01 })).toMatchObject({ verdict: 'insufficient-evidence' });
  });

  it('takes costs that cancel within a group for no difference, whatever the rounding', () => {
    const [, r1, r2, r3] = STUDY_COSTS.matrix;
    const costs: CostMatrix = { ...STUDY_COSTS, matrix: [[0, 0.1, 0.2, 0.3], r1, r2, r3] };
    const fields = [
      ...outcomes('a', ['Benign', 'Benign', 'Early']),
      ...outcomes('a', ['Benign', 'Benign', 'Pre']),
      ...outcomes('a', ['Benign', 'Pro', 'Benign']),
    ];
    expect(judgeChallenger(fields, costs, { seed: 1 })).toMatchObject({
      ...{ verdict: 'insufficient-evidence', discordantGroups: 0, costDifference: { mean: 0 } },
    });
  });

  it.each([
    { alpha: 0 },
    { alpha: 0.6 },
    { alpha: Number.NaN },
    { budget: 0 },
    { budget: 1.5 },
    { budget: LOCKED_TEST_LARGEST_BUDGET + 1 },
    { margin: -0.1 },
    { margin: 1 },
  ])('refuses the rule $alpha $budget $margin', (rule) => {
    expect(() => judge(better, rule)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('can share alpha among the largest budget of a locked test set', () => {
    expect(judge(better, { budget: LOCKED_TEST_LARGEST_BUDGET }).level).toBeCloseTo(1e-4, 12);
  });

  it('needs a field', () => expect(() => judge([])).toThrow('no field'));
});

describe('pairOutcomes', () => {
  const row = { actual: 'Pro', group: 'a', assessable: false, probabilities: [0, 0, 0.4, 0.6] } as const;

  it('decides by lowest expected cost, whether assessable or not', () => {
    const other = { ...row, probabilities: [0.5, 0, 0, 0.5] } as const;
    expect(pairOutcomes([row], [other], STUDY_COSTS)).toEqual([
      { group: 'a', actual: 'Pro', champion: 'Pro', challenger: 'Benign' },
    ]);
  });

  it.each([[[]], [[{ ...row, group: 'b' }]], [[{ ...row, actual: 'Pre' } as const]]])(
    'refuses answers to other fields',
    (others) => {
      expect(() => pairOutcomes([row], others, STUDY_COSTS)).toThrow('did not answer the same');
    },
  );
});
