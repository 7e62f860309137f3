import { MATURITY_STAGES, type MaturityStage, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { mixSeed, type SeededRandom, seededRandom } from '../random/index.ts';
import { exactLower } from './binomial.ts';
import { judgeChallenger } from './judge.ts';
import { judgeWithReserved } from './judge-with-reserved.ts';
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

const LEVEL = 0.05;
/** A true share of LEVEL fails a count once in a thousand; a share of twice LEVEL does so in nine cells of ten. */
const RUNS = 500;
/** What the count proves at least, with an error of 1 in 1000. */
const atLeast = (hits: number, runs: number): number => exactLower(hits, runs, 0.001);
const seeds = (setting: Setting, runs: number): number[] =>
  Array.from({ length: runs }, (_, run) => mixSeed(17, setting.groups, setting.largest, run));

/** Verdicts on simulated pairs of models; the margin asks little where only costs are to decide. */
const verdicts = (setting: Setting, runs: number, margin: number) =>
  seeds(setting, runs).map((seed) =>
    judgeChallenger(simulate(setting, seed), STUDY_COSTS, { seed, margin, resamples: 50, draws: 499 }),
  );
const promoted = (setting: Setting, runs: number, margin: number): number =>
  verdicts(setting, runs, margin).filter(({ promote }) => promote).length;
/** How many of them have a p value of at most `level`. */
const proven = (judged: ReturnType<typeof verdicts>, level: number): number =>
  judged.filter(({ costDifference }) => costDifference.p <= level).length;

/** Equal models are exchangeable: they err alike in kind. Of models that only cost the same, decision 18 tells more. */
describe('the gate over many test sets of equal models', () => {
  const all: ReturnType<typeof verdicts> = [];
  const skills: Skill[] = [
    { hardGroups: 0.3, wrongFields: 0.05 },
    { hardGroups: 0.3, wrongFields: 0.9 },
    { hardGroups: 0.9, wrongFields: 0.4 },
  ];
  it.each(
    [6, 17, 45].flatMap((groups) =>
      [1, 8].flatMap((largest) => skills.map((skill) => ({ groups, largest, ...skill }))),
    ),
  )(
    'promotes at most 5 %: $groups groups up to $largest, $hardGroups hard, $wrongFields wrong',
    ({ groups, largest, ...skill }) => {
      const judged = verdicts({ groups, largest, champion: skill, challenger: skill }, RUNS, 0.99);
      all.push(...judged);
      expect(atLeast(proven(judged, LEVEL), RUNS)).toBeLessThanOrEqual(LEVEL);
      expect(atLeast(judged.filter(({ promote }) => promote).length, RUNS)).toBeLessThanOrEqual(LEVEL);
    },
  );

  it('promotes at most 5 % of all of them, of which a share of 6 % would be found out', () => {
    expect(all).toHaveLength(18 * RUNS);
    expect(atLeast(proven(all, LEVEL), all.length)).toBeLessThanOrEqual(LEVEL);
    expect(atLeast(Math.round(0.06 * all.length), all.length)).toBeGreaterThan(LEVEL);
  });

  it('would be found out at twice the level', () => {
    const [, skill = { hardGroups: 1, wrongFields: 1 }] = skills;
    const runs = 2 * RUNS;
    const judged = verdicts({ groups: 45, largest: 1, champion: skill, challenger: skill }, runs, 0.99);
    expect(atLeast(proven(judged, LEVEL), runs)).toBeLessThanOrEqual(LEVEL);
    expect(atLeast(proven(judged, 2 * LEVEL), runs)).toBeGreaterThan(LEVEL);
  });

  it('promotes at most 5 % where reserved cases decide in some and the locked set in others', () => {
    const skill: Skill = { hardGroups: 0.5, wrongFields: 0.8 };
    const locked: Setting = { groups: 9, largest: 4, champion: skill, challenger: skill };
    const judged = seeds(locked, RUNS).map((seed) => {
      const reserved = simulate({ ...locked, groups: 24, largest: 1 }, mixSeed(seed, 1));
      const options = { seed, margin: 0.99, resamples: 50, draws: 499, reservedBudget: 1 };
      return judgeWithReserved({ locked: simulate(locked, seed), reserved }, STUDY_COSTS, options);
    });
    expect(atLeast(judged.filter(({ promote }) => promote).length, RUNS)).toBeLessThanOrEqual(LEVEL);
    for (const set of ['locked', 'reserved'])
      expect(judged.filter(({ decidedOn }) => decidedOn === set).length).toBeGreaterThan(RUNS / 5);
  });
});

describe('the gate over many test sets', () => {
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
