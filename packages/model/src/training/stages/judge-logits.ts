import type { StageVector } from '@blastwise/contracts';

/** Plain cross-entropy (nats) and accuracy of logits, unweighted and unsmoothed: what the epochs are judged on. */
export function judgeLogits(
  logits: readonly StageVector[],
  labels: readonly number[],
): { loss: number; accuracy: number } {
  let [loss, right] = [0, 0];
  logits.forEach((z, i) => {
    const highest = Math.max(...z);
    const total = z.reduce((sum, v) => sum + Math.exp(v - highest), 0);
    const own = z[labels[i] ?? 0] ?? 0;
    loss += Math.log(total) + highest - own;
    right += Number(own === highest);
  });
  return { loss: loss / logits.length, accuracy: right / logits.length };
}
