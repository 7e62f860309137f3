import { judgementSchema, STUDY_COSTS } from '@blastwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeChallenger } from './judge.ts';
import { judgeWithReserved } from './judge-with-reserved.ts';
import type { PairedOutcome } from './outcome.ts';
import { outcomes } from './testing.ts';

const groups = (n: number, make: (i: number) => PairedOutcome[]): PairedOutcome[] =>
  Array.from({ length: n }, (_, i) => make(i)).flat();

/** Ten groups of 40 malignant fields that the champion has right; the challenger too. 400 rule out a rise above 0.75 %. */
const perfect = groups(10, (i) => outcomes(`old ${i}`, ['Pre', 'Pre', 'Pre'], 40));
/** Cases in which the champion calls Pro Pre, at a cost of 10, and the challenger is right. */
const gains = (n: number) => groups(n, (i) => outcomes(`case ${i}`, ['Pro', 'Pre', 'Pro']));
const judge = (locked: readonly PairedOutcome[], reserved: readonly PairedOutcome[]) =>
  judgeWithReserved({ locked, reserved }, STUDY_COSTS, { seed: 1, reservedBudget: 1 });

describe('judgeWithReserved', () => {
  it('lets reserved cases decide where the champion is perfect on the locked set', () => {
    const result = judge(perfect, gains(6));
    expect(result).toMatchObject({
      ...{ verdict: 'promote', promote: true, decidedOn: 'reserved' },
      locked: { verdict: 'refuse', discordantGroups: 0 },
      reserved: { costDifference: { mean: -10, p: 1 / 64 } },
    });
    expect(result.reasons.slice(1)).toEqual([
      expect.stringMatching(/champion errs in 0 of 10 groups only, .*p = 1 at best, at most 0.05 is allowed/),
      expect.stringMatching(
        /^Reserved cases: The challenger costs 10.00 less per field .* 6 groups of one patient each/,
      ),
      expect.stringMatching(/^Reserved cases: Were the two equally good.* 0.0156/),
      'Of 6 malignant fields of reserved cases the challenger calls 0 Benign that the champion recognises, and recognises 0 that the champion calls Benign.',
      expect.stringMatching(
        /^The challenger answers alike: .* in every one of 10 groups of look-alike fields/,
      ),
      // A hundredth of the 10 that an Early called Benign costs.
      expect.stringMatching(
        /at most 0.0000 higher and 0.10 are allowed; .* at most 0.75 .* and 1.00 are allowed/,
      ),
    ]);
    expect(judgementSchema.parse(result)).toEqual(result);
  });

  it('shares alpha among the judgements of a reserved case, whatever the budget of the set', () => {
    const judged = (cases: number, budget: number) =>
      judgeWithReserved({ locked: perfect, reserved: gains(cases) }, STUDY_COSTS, {
        ...{ seed: 1, budget, reservedBudget: 20 },
      });
    // 2^-8 is above 0.05 / 20, 2^-9 below.
    expect(judged(8, 1)).toMatchObject({ verdict: 'insufficient-evidence', reserved: { level: 0.0025 } });
    expect(judged(9, 500)).toMatchObject({ verdict: 'promote', reserved: { level: 0.0025, budget: 20 } });
  });

  it('says that too few reserved cases differ: 4 reach 1/16 at best', () => {
    expect(judge(perfect, gains(4))).toMatchObject({
      verdict: 'insufficient-evidence',
      decidedOn: 'reserved',
    });
  });

  it('refuses one that answers alike on both, however few cases are reserved', () => {
    const same = groups(2, (i) => outcomes(`case ${i}`, ['Pro', 'Pre', 'Pre']));
    const result = judge(perfect, same);
    expect(result).toMatchObject({ verdict: 'refuse', promote: false, decidedOn: 'reserved' });
    expect(result.reasons.join(' ')).toMatch(/The challenger answers alike/);
    const few = judge(
      groups(4, (i) => outcomes(`old ${i}`, ['Pre', 'Pre', 'Pre'], 100)),
      same,
    );
    expect(few.verdict).toBe('insufficient-evidence');
  });

  it('says so where nothing is reserved', () => {
    const result = judge(perfect, []);
    expect(result).toMatchObject({ verdict: 'refuse', decidedOn: 'locked', reserved: null });
    expect(result.reasons[1]).toMatch(/^The challenger answers alike/);
    expect(result.reasons.at(-1)).toMatch(/no corrected case is reserved/);
  });

  it('lets the locked set decide where the champion can be beaten: 5 groups reach 1/32', () => {
    const wrong = (n: number) => groups(n, (i) => outcomes(`wrong ${i}`, ['Pro', 'Pre', 'Pre']));
    // Neither gains on the locked set, so the gain on the reserved cases does not count.
    expect(judge([...perfect, ...wrong(5)], gains(6))).toMatchObject({
      ...{ verdict: 'refuse', decidedOn: 'locked', reserved: { verdict: expect.any(String) } },
    });
    expect(judge([...perfect, ...wrong(4)], gains(6))).toMatchObject({
      verdict: 'promote',
      decidedOn: 'reserved',
    });
  });

  it.each<[string, PairedOutcome[], PairedOutcome[], 'refuse' | 'insufficient-evidence']>([
    // 2 of 402 fields cost 20 more each: 0.0995 is within 0.1, but the bootstrap bound is not.
    [
      'may be dearer on the locked set',
      outcomes('x', ['Benign', 'Benign', 'Pre'], 2),
      [],
      'insufficient-evidence',
    ],
    ['is dearer on the locked set', outcomes('x', ['Benign', 'Benign', 'Pre'], 4), [], 'refuse'],
    ['misses more on the locked set', outcomes('x', ['Early', 'Early', 'Benign'], 4), [], 'refuse'],
    ['misses more on the reserved cases', [], outcomes('y', ['Early', 'Early', 'Benign']), 'refuse'],
    ['is dearer on the reserved cases', [], outcomes('y', ['Benign', 'Benign', 'Pro'], 3), 'refuse'],
  ])('does not promote one that %s', (_, old, young, verdict) => {
    expect(judge([...perfect, ...old], [...gains(6), ...young])).toMatchObject({
      verdict,
      decidedOn: 'reserved',
    });
  });

  it('never could have promoted on the locked set where it asks the reserved cases', () => {
    const stage = fc.constantFrom('Benign', 'Early', 'Pre', 'Pro' as const);
    const field = fc.record({
      group: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      ...{ actual: stage, champion: stage, challenger: stage },
    });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 40 }), (locked) => {
        const options = { seed: 1, resamples: 50 };
        const { decidedOn } = judgeWithReserved({ locked, reserved: gains(1) }, STUDY_COSTS, {
          ...options,
          reservedBudget: 1,
        });
        const { costDifference, level } = judgeChallenger(locked, STUDY_COSTS, options);
        if (decidedOn === 'reserved') expect(costDifference.p).toBeGreaterThan(level);
      }),
      { numRuns: 200 },
    );
  });
});
