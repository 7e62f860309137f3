import { MATURITY_STAGES, type MaturityStage, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { mixSeed, type SeededRandom, seededRandom } from '../random/index.ts';
import { exactLower } from './binomial.ts';
import { judgeChallenger } from './judge.ts';
import type { PairedOutcome } from './outcome.ts';

/** How a model errs: a share of its groups is hard to it, and of the fields of those a share goes wrong. */
interface Skill {
  readonly hardGroups: number;
  readonly wrongFields: number;
  /** Share of the wrong malignant fields that are called Benign; otherwise any wrong stage is as likely. */
  readonly missed?: number;
}

interface Setting {
  readonly groups: number;
  readonly largest: number;
  readonly champion: Skill;
  readonly challenger: Skill;
  /** Share of the groups in which the two are hard to both or to neither, 0..1. */
  readonly shared?: number;
}

function answer(random: SeededRandom, actual: MaturityStage, hard: boolean, skill: Skill): MaturityStage {
  if (!hard || random.next() >= skill.wrongFields) return actual;
  if (skill.missed !== undefined && actual !== 'Benign' && random.next() < skill.missed) return 'Benign';
  const wrong = MATURITY_STAGES.filter(
    (stage) => stage !== actual && (skill.missed === undefined || stage !== 'Benign'),
  );
  return wrong[random.int(wrong.length)] ?? actual;
}

/** A test set whose groups are of one stage and 1 to `largest` fields, with errors correlated within groups. */
function simulate(
  { groups, largest, champion, challenger, shared = 0.5 }: Setting,
  seed: number,
): PairedOutcome[] {
  const random = seededRandom(seed);
  return Array.from({ length: groups }, (_, g) => {
    const actual = MATURITY_STAGES[random.int(4)] ?? 'Benign';
    const luck = random.next();
    const other = random.next() < shared ? luck : random.next();
    const hard = [luck < champion.hardGroups, other < challenger.hardGroups] as const;
    return Array.from({ length: 1 + random.int(largest) }, () => ({
      group: String(g),
      actual,
      champion: answer(random, actual, hard[0], champion),
      challenger: answer(random, actual, hard[1], challenger),
    }));
  }).flat();
}

/** How many of `runs` simulated challengers are promoted. */
function promoted(setting: Setting, runs: number, margin: number): number {
  return Array.from({ length: runs }, (_, run) => {
    const seed = mixSeed(17, setting.groups, setting.largest, run);
    const options = { seed, margin, resamples: 200, draws: 999 };
    return judgeChallenger(simulate(setting, seed), STUDY_COSTS, options).promote;
  }).filter(Boolean).length;
}

const RUNS = 250;

describe('the gate over many test sets', () => {
  const skills: Skill[] = [
    { hardGroups: 0.3, wrongFields: 0.05 },
    { hardGroups: 0.3, wrongFields: 0.9 },
    { hardGroups: 0.9, wrongFields: 0.4 },
  ];
  it.each(
    [6, 17, 45].flatMap((groups) =>
      [1, 20].flatMap((largest) => skills.map((skill) => ({ groups, largest, ...skill }))),
    ),
  )(
    'promotes equal models in at most 5 %: $groups groups up to $largest, $hardGroups hard, $wrongFields wrong',
    ({ groups, largest, ...skill }) => {
      // A margin that asks nothing: what keeps equal models out here are the costs alone.
      const setting = { groups, largest, champion: skill, challenger: skill };
      const share = exactLower(promoted(setting, RUNS, 0.99), RUNS, 0.001);
      expect(share).toBeLessThanOrEqual(0.05);
    },
  );

  const good: Skill = { hardGroups: 0.2, wrongFields: 0.1, missed: 0 };
  const poor: Skill = { hardGroups: 0.6, wrongFields: 0.5, missed: 0 };

  it('promotes a clearly better model', () => {
    const setting = { groups: 40, largest: 30, champion: poor, challenger: good };
    expect(promoted(setting, 60, 0.01)).toBeGreaterThan(54);
  });

  it('never promotes a worse one', () => {
    expect(promoted({ groups: 40, largest: 30, champion: good, challenger: poor }, 60, 0.99)).toBe(0);
  });

  it('keeps a cheaper one that misses more from being promoted', () => {
    const misses: Skill = { hardGroups: 0.3, wrongFields: 0.15, missed: 0.9 };
    const setting = { groups: 40, largest: 30, champion: poor, challenger: misses };
    // By cost alone it would be promoted nearly always; its rate is 4 % higher.
    expect(promoted(setting, 60, 0.99)).toBeGreaterThan(45);
    expect(exactLower(promoted(setting, 60, 0.01), 60, 0.001)).toBeLessThanOrEqual(0.05);
  });
});
