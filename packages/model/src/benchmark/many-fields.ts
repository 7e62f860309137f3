import { MATURITY_STAGES } from '@blastwise/contracts';
import { findDuplicates, groupFields } from '../dataset/index.ts';
import { THUMBNAIL } from '../dataset/inspect.ts';
import { LOOK_LENGTH } from '../dataset/look.ts';
import { mixSeed, seededRandom } from '../random/index.ts';
import type { ImageFingerprint } from '../retraining/corrected-field.ts';
import { type Timing, timeRuns } from './timing.ts';

const ONCE = { runs: 1, warmups: 0 };

/** Groups of look-alike neighbours among `n` fields of made-up looks, as a split makes them. */
export function timeGrouping(n: number): Promise<Timing> {
  const random = seededRandom(n);
  const perStage = Math.ceil(n / MATURITY_STAGES.length);
  const fields = MATURITY_STAGES.flatMap((stage) =>
    Array.from({ length: perStage }, () => ({
      stage,
      look: Array.from({ length: LOOK_LENGTH }, () => random.normal()),
    })),
  );
  return timeRuns(() => groupFields(fields, [], 'neighbours'), ONCE);
}

/** A fingerprint like no other, of colours like all others'. */
export function madeUpPrint(seed: number, i: number): ImageFingerprint {
  const random = seededRandom(mixSeed(seed, i));
  return {
    sha256: i.toString(16).padStart(64, '0'),
    pixels: `${i}`,
    quantiles: new Float32Array(48).fill(128),
    thumbnail: Uint8Array.from({ length: THUMBNAIL ** 2 }, () => random.int(256)),
  };
}

/** The search for near-duplicates among `n` made-up fields, no two alike, of which every pair is of like colours. */
export function timeDuplicates(n: number): Promise<Timing> {
  const fields = Array.from({ length: n }, (_, i) => ({ path: `${i}`, ...madeUpPrint(n, i) }));
  return timeRuns(() => findDuplicates(fields), ONCE);
}
