import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { type SeededRandom, seededRandom } from '../random/index.ts';
import type { PairedOutcome } from './outcome.ts';

/** How a model errs: a share of its groups is hard to it, and of the fields of those a share goes wrong. */
export interface Skill {
  readonly hardGroups: number;
  readonly wrongFields: number;
  /** Share of the wrong malignant fields that are called Benign; otherwise any wrong stage is as likely. */
  readonly missed?: number;
}

export interface Setting {
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

/**
 * A test set whose groups are of one stage and 1 to `largest` fields, with errors correlated within groups, as one champion
 * and each of `challengers` of equal skill answer it.
 */
export function simulateUses(
  { groups, largest, champion, challenger, shared = 0.5 }: Setting,
  seed: number,
  challengers: number,
): PairedOutcome[][] {
  const random = seededRandom(seed);
  const fields = Array.from({ length: groups }, (_, g) => {
    const actual = MATURITY_STAGES[random.int(4)] ?? 'Benign';
    const luck = random.next();
    return Array.from({ length: 1 + random.int(largest) }, () => {
      const said = answer(random, actual, luck < champion.hardGroups, champion);
      return { group: String(g), actual, luck, champion: said };
    });
  });
  return Array.from({ length: challengers }, () =>
    fields.flatMap((group) => {
      const luck = random.next() < shared ? group[0]?.luck : undefined;
      const hard = (luck ?? random.next()) < challenger.hardGroups;
      return group.map(({ luck: _, ...field }) => ({
        ...field,
        challenger: answer(random, field.actual, hard, challenger),
      }));
    }),
  );
}

/** The test set as one challenger answers it. */
export const simulate = (setting: Setting, seed: number): PairedOutcome[] =>
  simulateUses(setting, seed, 1).flat();
