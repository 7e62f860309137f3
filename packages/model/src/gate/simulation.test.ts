import { LOCKED_TEST_BUDGET, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { mixSeed } from '../random/index.ts';
import { exactLower } from './binomial.ts';
import { judgeChallenger } from './judge.ts';
import { judgeWithReserved } from './judge-with-reserved.ts';
import { costDifference, type PairedOutcome, sumByGroup } from './outcome.ts';
import { GATE_RULES, levelOf } from './rules.ts';
import { signFlip } from './sign-flip.ts';
import { type Setting, type Skill, simulate, simulateUses } from './simulated.ts';

/** What all uses of a test set share, and what one has of it in the product: 0.05 and 0.0025. */
const { alpha } = GATE_RULES;
const USE = levelOf({ ...GATE_RULES, budget: LOCKED_TEST_BUDGET });
/** So few that 1 / (1 + DRAWS) reaches that level: where patterns are drawn, the test is exact however few they are. */
const DRAWS = 399;

/** What the count proves at least, with an error of 1 in 1000. */
const atLeast = (hits: number, runs: number): number => exactLower(hits, runs, 0.001);
const seeds = (setting: Setting, runs: number): number[] =>
  Array.from({ length: runs }, (_, run) => mixSeed(17, setting.groups, setting.largest, run));

const chanceOf = (outcomes: readonly PairedOutcome[], seed: number): number => {
  const sums = sumByGroup(outcomes, (outcome) => costDifference(outcome, STUDY_COSTS));
  return signFlip(sums, { seed, draws: DRAWS, level: USE }).p;
};
/** The p values of so many test sets, of which at least `promote` asks. */
const chances = (setting: Setting, runs: number): number[] =>
  seeds(setting, runs).map((seed) => chanceOf(simulate(setting, seed), seed));
const within = (level: number, ps: readonly number[]): number => ps.filter((p) => p <= level).length;

/** The whole verdict; the margin asks little where only costs are to decide. */
const RULES = { margin: 0.99, resamples: 50, draws: DRAWS };
const verdicts = (setting: Setting, runs: number, rules: Partial<typeof RULES> & { budget?: number } = {}) =>
  seeds(setting, runs).map((seed) =>
    judgeChallenger(simulate(setting, seed), STUDY_COSTS, { ...RULES, ...rules, seed }),
  );
const promoted = (judged: readonly { readonly promote: boolean }[]): number =>
  judged.filter(({ promote }) => promote).length;

const seldom: Skill = { hardGroups: 0.3, wrongFields: 0.05 };
const clustered: Skill = { hardGroups: 0.3, wrongFields: 0.9 };
const often: Skill = { hardGroups: 0.9, wrongFields: 0.4 };

/** Equal models are exchangeable: they err alike in kind. Of models that only cost the same, decision 18 tells more. */
describe('the gate over many test sets of equal models', () => {
  it.each(
    [6, 12, 17, 45].flatMap((groups) =>
      [1, 8].flatMap((largest) => [seldom, clustered, often].map((skill) => ({ groups, largest, ...skill }))),
    ),
  )(
    'keeps its level: $groups groups up to $largest, $hardGroups hard, $wrongFields wrong',
    ({ groups, largest, ...skill }) => {
      const runs = 500;
      const ps = chances({ groups, largest, champion: skill, challenger: skill }, runs);
      for (const level of [USE, 0.01, alpha, 0.2])
        expect(atLeast(within(level, ps), runs)).toBeLessThanOrEqual(level);
    },
  );

  it.each([1, 8])(
    'promotes at most 0.25 %% at one use, of which twice as many would be found out: groups up to %i',
    (largest) => {
      const runs = 12_000;
      const ps = chances({ groups: 24, largest, champion: often, challenger: often }, runs);
      expect(atLeast(within(USE, ps), runs)).toBeLessThanOrEqual(USE);
      expect(atLeast(within(2 * USE, ps), runs)).toBeGreaterThan(USE);
    },
  );

  it.each([
    { ...often, groups: 30, largest: 2 },
    { ...clustered, groups: 60, largest: 2 },
  ])(
    'promotes one of 20 in at most 5 % of the test sets of $groups groups',
    ({ groups, largest, ...skill }) => {
      const setting = { groups, largest, champion: skill, challenger: skill };
      const sets = seeds(setting, 200).map((seed) =>
        simulateUses(setting, seed, LOCKED_TEST_BUDGET).map((outcomes, use) =>
          chanceOf(outcomes, mixSeed(seed, use)),
        ),
      );
      const withOne = (level: number): number => sets.filter((ps) => within(level, ps) > 0).length;
      expect(atLeast(withOne(USE), sets.length)).toBeLessThanOrEqual(alpha);
      // It would in far more, were alpha not shared.
      expect(atLeast(withOne(alpha), sets.length)).toBeGreaterThan(4 * alpha);
    },
  );

  it('promotes nothing that is not proven', () => {
    const setting = { groups: 17, largest: 3, champion: often, challenger: often };
    const judged = verdicts(setting, 300, { budget: LOCKED_TEST_BUDGET });
    expect(judged.every(({ promote, costDifference: { p } }) => p <= USE || !promote)).toBe(true);
    expect(atLeast(promoted(verdicts(setting, 300)), 300)).toBeLessThanOrEqual(alpha);
  });

  it('promotes at most 5 % where reserved cases decide in some and the locked set in others', () => {
    const skill: Skill = { hardGroups: 0.5, wrongFields: 0.8 };
    const locked: Setting = { groups: 9, largest: 4, champion: skill, challenger: skill };
    const runs = 500;
    const judged = seeds(locked, runs).map((seed) => {
      const reserved = simulate({ ...locked, groups: 24, largest: 1 }, mixSeed(seed, 1));
      const options = { ...RULES, seed, reservedBudget: 1 };
      return judgeWithReserved({ locked: simulate(locked, seed), reserved }, STUDY_COSTS, options);
    });
    expect(atLeast(promoted(judged), runs)).toBeLessThanOrEqual(alpha);
    for (const set of ['locked', 'reserved'])
      expect(judged.filter(({ decidedOn }) => decidedOn === set).length).toBeGreaterThan(runs / 5);
  });
});

describe('the gate over many test sets', () => {
  const good: Skill = { hardGroups: 0.2, wrongFields: 0.1, missed: 0 };
  const poor: Skill = { hardGroups: 0.6, wrongFields: 0.5, missed: 0 };
  const product = { budget: LOCKED_TEST_BUDGET, margin: GATE_RULES.margin };

  it('promotes a clearly better model', () => {
    const setting = { groups: 40, largest: 30, champion: poor, challenger: good };
    expect(promoted(verdicts(setting, 40, product))).toBeGreaterThan(36);
  });

  it('never promotes a worse one', () => {
    const setting = { groups: 40, largest: 30, champion: good, challenger: poor };
    expect(promoted(verdicts(setting, 40))).toBe(0);
  });

  it('keeps a cheaper one that misses more from being promoted', () => {
    const misses: Skill = { hardGroups: 0.3, wrongFields: 0.15, missed: 0.9 };
    const setting = { groups: 40, largest: 30, champion: poor, challenger: misses };
    // By cost alone it would be promoted mostly; its rate is 4 % higher.
    expect(promoted(verdicts(setting, 40))).toBeGreaterThan(30);
    expect(atLeast(promoted(verdicts(setting, 40, { margin: product.margin })), 40)).toBeLessThanOrEqual(
      0.05,
    );
  });
});
