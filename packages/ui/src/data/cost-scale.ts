import { type ByStage, STAGES } from '../stages/stages.ts';

/** Where bars end and the referral line stands, as shares of the width (0..1). */
export interface CostScale {
  bars: ByStage;
  referral: number;
}

/**
 * Scales expected costs to one axis that starts at 0 and holds the referral cost as well.
 * Costs are in the matrix's own unit and are never negative.
 */
export function costScale(expected: ByStage, referralCost: number): CostScale {
  const most = Math.max(referralCost, ...STAGES.map((s) => expected[s]));
  // A tenth of air on the right keeps the longest bar apart from its figure.
  const share = (cost: number): number => (most > 0 ? (cost / most) * 0.9 : 0);
  return {
    bars: {
      Benign: share(expected.Benign),
      Early: share(expected.Early),
      Pre: share(expected.Pre),
      Pro: share(expected.Pro),
    },
    referral: share(referralCost),
  };
}
