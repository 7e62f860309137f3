import { type CostMatrix, type Judgement, stageIndex, type Verdict } from '@blastwise/contracts';
import type { GateFigures } from './figures.ts';
import { type GateOptions, judgeChallenger } from './judge.ts';
import { allowedRise } from './margin.ts';
import { type PairedOutcome, sumByGroup, withoutRounding } from './outcome.ts';
import { chance, cost, costReasons, many, points, VERDICT_SENTENCES } from './reasons.ts';
import { findingsOf } from './verdict.ts';

/** The same two models on a locked test set and on the groups reserved among corrected cases. */
export interface TwoTestSets {
  readonly locked: readonly PairedOutcome[];
  /** Empty where nothing is reserved. */
  readonly reserved: readonly PairedOutcome[];
}

/** The locked set's budget is the rules'. */
export interface ReservedOptions extends GateOptions {
  /** Judgements that a reserved group takes part in at most: they share alpha, whichever locked sets they are asked on. */
  readonly reservedBudget: number;
}

/**
 * Weighs a challenger on a locked test set and, where the champion cannot be beaten there, on the reserved groups.
 *
 * A challenger can only be cheaper in groups in which the champion costs something. In k such groups p is at least
 * 2^-k whatever the challenger answers: every sign pattern that leaves the groups in its favour as they are counts. Where
 * that is above the level, the locked set cannot promote anybody, and the challenger must instead be no worse on it and
 * pass the test of cost on the reserved groups, missing no more leukemia there. Which of the two sets decides hangs on
 * the champion's answers alone, so a challenger has one chance at the level and not two.
 *
 * No worse means: missed leukemia rises by no more than the margin, as in `judgeChallenger`, and the 97.5 % bootstrap
 * bound of the cost per field rises by no more than calling that share of the fields Benign would cost at the cheapest.
 *
 * @throws DomainError BAD_INPUT without a locked field and for rules out of range.
 */
export function judgeWithReserved(
  { locked, reserved }: TwoTestSets,
  costs: CostMatrix,
  { reservedBudget, ...options }: ReservedOptions,
): Judgement {
  const onLocked = judgeChallenger(locked, costs, options);
  const onReserved =
    reserved.length === 0 ? null : judgeChallenger(reserved, costs, { ...options, budget: reservedBudget });
  const beatable = groupsWithCost(locked, costs);
  const sets = { locked: onLocked, reserved: onReserved };
  if (2 ** -beatable <= onLocked.level) {
    const { verdict, promote, reasons } = onLocked;
    return { verdict, promote, reasons, decidedOn: 'locked', ...sets };
  }
  const why = `On the locked test set the champion errs in ${beatable} of ${many(onLocked.groups, 'group')} only, so no model could be proven cheaper there (p = ${chance(2 ** -beatable)} at best, at most ${chance(onLocked.level)} is allowed)`;
  if (!onReserved) {
    const { verdict, promote, reasons } = onLocked;
    const said = [...reasons, `${why}, and no corrected case is reserved for the test side yet.`];
    return { verdict, promote, reasons: said, decidedOn: 'locked', ...sets };
  }
  const allowed = allowedRise(costs, onLocked.malignantToBenign.margin);
  const verdict = verdictOnReserved(onLocked, onReserved, allowed);
  const reasons = [
    VERDICT_SENTENCES[verdict],
    `${why}; the cases reserved among the corrected ones decide.`,
    ...costReasons(onReserved, 'of one patient each').map((reason) => `Reserved cases: ${reason}`),
    missesOn(onReserved),
    ...(onLocked.discordantGroups === 0 ? costReasons(onLocked) : []),
    noWorseOn(onLocked, allowed),
  ];
  return { verdict, promote: verdict === 'promote', reasons, decidedOn: 'reserved', ...sets };
}

/** Groups in which the champion costs something: only there can another model cost less. */
function groupsWithCost(outcomes: readonly PairedOutcome[], costs: CostMatrix): number {
  const costOf = ({ actual, champion }: PairedOutcome): number =>
    costs.matrix[stageIndex(actual)]?.[stageIndex(champion)] ?? 0;
  return sumByGroup(outcomes, costOf).filter((sum) => withoutRounding(sum, costs) > 0).length;
}

function verdictOnReserved(locked: GateFigures, reserved: GateFigures, allowed: number): Verdict {
  const old = findingsOf(locked);
  const { cheaper, tooFewGroups, dearer } = findingsOf(reserved);
  const { onlyChallenger, onlyChampion } = reserved.malignantToBenign;
  if (locked.costDifference.mean > allowed || old.missesMore || dearer || onlyChallenger > onlyChampion)
    return 'refuse';
  if (old.alike && reserved.discordantGroups === 0) return 'refuse';
  const noWorse = old.safe && locked.costDifference.upper <= allowed;
  if (cheaper && noWorse) return 'promote';
  return tooFewGroups || cheaper ? 'insufficient-evidence' : 'refuse';
}

function missesOn({ malignantToBenign: { fields, onlyChallenger, onlyChampion } }: GateFigures): string {
  return `Of ${many(fields, 'malignant field')} of reserved cases the challenger calls ${onlyChallenger} Benign that the champion recognises, and recognises ${onlyChampion} that the champion calls Benign${onlyChallenger > onlyChampion ? '; it may not miss more' : ''}.`;
}

function noWorseOn({ costDifference, malignantToBenign }: GateFigures, allowed: number): string {
  const { upper, margin } = malignantToBenign;
  return `On the locked test set it may be no worse: its cost per field is at most ${cost(Math.max(0, costDifference.upper))} higher and ${cost(allowed)} are allowed; its rate of malignant fields called Benign at most ${points(Math.max(0, upper))} percentage points higher and ${points(margin)} are allowed.`;
}
