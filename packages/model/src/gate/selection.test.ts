import { LOCKED_TEST_BUDGET, type Reception, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { mixSeed, seededRandom } from '../random/index.ts';
import { exactLower } from './binomial.ts';
import { evenSelection } from './even-selection.ts';
import { costDifference, type PairedOutcome, sumByGroup } from './outcome.ts';
import { GATE_RULES, levelOf } from './rules.ts';
import { signFlip } from './sign-flip.ts';
import { type Setting, type Skill, simulate } from './simulated.ts';

/** As in the product: what a case may take of alpha at one judgement. */
const USE = levelOf({ ...GATE_RULES, budget: LOCKED_TEST_BUDGET });
const RUNS = 400;

/** Shares of the fields that get settled. */
interface Selection {
  readonly unopposed: number;
  readonly overridden: number;
  /** All fields of a case that were received alike, or each by itself. */
  readonly by: 'case' | 'field';
}

interface Received {
  readonly outcome: PairedOutcome;
  readonly reception: Reception;
  readonly isSettled: boolean;
}

/** Reserved cases whose readers know the truth: they override the champion where it errs, and some fields are settled. */
function received(setting: Setting, selection: Selection, seed: number): Received[] {
  const random = seededRandom(mixSeed(seed, 1));
  const lots = new Map<string, number>();
  const lotOf = (key: string): number => {
    const lot = lots.get(key) ?? random.next();
    lots.set(key, lot);
    return lot;
  };
  return simulate(setting, seed).map((outcome, field) => {
    const answer = outcome.champion === outcome.actual ? 'unopposed' : 'overridden';
    const lot = lotOf(`${answer} ${outcome.group} ${selection.by === 'field' ? field : ''}`);
    const reception = answer === 'unopposed' ? answer : 'overridden serious';
    return { outcome, reception, isSettled: lot < selection[answer] };
  });
}

/** In how many of the runs the settled fields would prove the challenger cheaper: as they are, and evened out. */
function proven(setting: Setting, selection: Selection, runs = RUNS) {
  const hits = { asTheyAre: 0, even: 0 };
  for (let run = 0; run < runs; run++) {
    const seed = mixSeed(29, setting.groups, run);
    const fields = received(setting, selection, seed);
    const settled = fields.filter(({ isSettled }) => isSettled);
    const isKept = evenSelection(fields);
    const even = settled.filter(({ outcome, reception }) => isKept(`${seed} ${outcome.group}`, reception));
    const isProof = (kept: readonly Received[]): boolean => {
      const outcomes = kept.map(({ outcome }) => outcome);
      const sums = sumByGroup(outcomes, (outcome) => costDifference(outcome, STUDY_COSTS));
      return signFlip(sums, { seed, draws: 399, level: USE }).p <= USE;
    };
    hits.asTheyAre += Number(isProof(settled));
    hits.even += Number(isProof(even));
  }
  return hits;
}

const skill: Skill = { hardGroups: 0.4, wrongFields: 0.7 };
const equal = { groups: 100, largest: 3, champion: skill, challenger: skill, shared: 0.3 };

describe('models that err equally often but elsewhere, on fields settled where the champion erred', () => {
  it.each<Selection>([
    { unopposed: 0.3, overridden: 0.9, by: 'field' },
    { unopposed: 0.3, overridden: 0.9, by: 'case' },
    { unopposed: 0.1, overridden: 0.8, by: 'case' },
  ])(
    'are told apart no oftener than 0.25 % of the time: $unopposed against $overridden by $by',
    (selection) => {
      const hits = proven(equal, selection);
      expect(exactLower(hits.even, RUNS, 0.001)).toBeLessThanOrEqual(USE);
      // Without evening out, the challenger would be in far more.
      expect(exactLower(hits.asTheyAre, RUNS, 0.001)).toBeGreaterThan(40 * USE);
    },
  );

  it('change nothing where everything gets settled, and leave a better one its proof', () => {
    const all: Selection = { unopposed: 1, overridden: 1, by: 'case' };
    const hits = proven(equal, all, 40);
    expect(hits.even).toBe(hits.asTheyAre);
    const better = { ...equal, groups: 400, challenger: { ...skill, hardGroups: 0.1 } };
    expect(proven(better, { unopposed: 0.3, overridden: 0.9, by: 'case' }, 40).even).toBeGreaterThan(30);
  });
});
