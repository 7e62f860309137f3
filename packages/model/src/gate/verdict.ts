import type { Verdict } from '@blastwise/contracts';
import type { GateFigures } from './figures.ts';

/** What the verdict hangs on, each question by itself. */
export interface Findings {
  /** The sign-flip test reaches the level and the bootstrap interval lies below 0. */
  readonly cheaper: boolean;
  /** So few groups differ that no gain whatever could reach the level. */
  readonly tooFewGroups: boolean;
  /** No group differs, though so many could have that a gain would have been proven. */
  readonly alike: boolean;
  /** The rise of the malignant-to-Benign rate is ruled out beyond the margin. */
  readonly safe: boolean;
  /** The challenger costs more on average. */
  readonly dearer: boolean;
  /** The rise is not ruled out, and the challenger did miss more malignant fields. */
  readonly missesMore: boolean;
}

export function findingsOf(figures: GateFigures): Findings {
  const { costDifference, malignantToBenign, level, smallestP, groups, discordantGroups } = figures;
  const safe = malignantToBenign.upper <= malignantToBenign.margin;
  return {
    cheaper: costDifference.p <= level && costDifference.upper < 0,
    tooFewGroups: smallestP > level,
    alike: discordantGroups === 0 && 2 ** -groups <= level,
    safe,
    dearer: costDifference.mean > 0,
    missesMore: !safe && malignantToBenign.onlyChallenger > malignantToBenign.onlyChampion,
  };
}

/**
 * Promotes a challenger that is proven cheaper and safe. Evidence is insufficient where nothing speaks against the
 * challenger (it neither costs more nor misses more) and either too few groups differ for any gain to be proven, or it
 * is proven cheaper and only the bound on missed malignant fields is too wide. Everything else is refused, also a challenger
 * that answers as the champion does in groups enough.
 */
export function verdictOf(figures: GateFigures): Verdict {
  const { cheaper, tooFewGroups, alike, safe, dearer, missesMore } = findingsOf(figures);
  if (cheaper && safe) return 'promote';
  if (dearer || missesMore || alike) return 'refuse';
  return tooFewGroups || cheaper ? 'insufficient-evidence' : 'refuse';
}
