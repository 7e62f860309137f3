import { MATURITY_STAGES } from '@blastwise/contracts';
import { findDuplicates, groupFields, type InspectedField, splitDataset } from '../dataset/index.ts';
import { THUMBNAIL } from '../dataset/inspect.ts';
import { blurred } from '../dataset/landmarks.ts';
import { LOOK_LENGTH } from '../dataset/look.ts';
import { FIELD_SIZE } from '../images/index.ts';
import { mixSeed, seededRandom } from '../random/index.ts';
import type { ImageFingerprint } from '../retraining/corrected-field.ts';

const CHANNELS = 3;
const QUANTILES = 16;
/** Of the fields' colours; 14 % of the pairs are of like colours, as those of the real fields. */
const SPREAD = 6;
/** One of so many fields shows nothing, and is compared with all. */
const EMPTY = 2500;

/**
 * A fingerprint like no other, as alike to others as those of real fields: with 16 landmarks, and 0.13 % of the pairs to be looked at,
 * two thirds of them for the fields that show nothing.
 */
export function madeUpPrint(seed: number, i: number): ImageFingerprint {
  const random = seededRandom(mixSeed(seed, i));
  const colours = Array.from({ length: CHANNELS }, () => 128 + SPREAD * random.normal());
  const grey = blurred(Float32Array.from({ length: THUMBNAIL ** 2 }, () => random.next()));
  return {
    sha256: i.toString(16).padStart(64, '0'),
    pixels: `${i}`,
    quantiles: Float32Array.from(
      { length: CHANNELS * QUANTILES },
      (_, q) => colours[Math.floor(q / QUANTILES)] ?? 0,
    ),
    thumbnail: Uint8Array.from(grey, (value) => (i % EMPTY === 0 ? 128 : Math.round(255 * value))),
  };
}

function madeUpFields(n: number): InspectedField[] {
  const random = seededRandom(n);
  return Array.from({ length: n }, (_, i) => {
    const stage = MATURITY_STAGES[Math.floor((i * MATURITY_STAGES.length) / n)] ?? 'Benign';
    return {
      path: `${stage}/${i}.png`,
      file: '',
      stage,
      width: FIELD_SIZE,
      height: FIELD_SIZE,
      look: Array.from({ length: LOOK_LENGTH }, () => random.normal()),
      ...madeUpPrint(n, i),
    };
  });
}

/** Milliseconds of what a split by groups does once its fields are read. */
export interface SplitTime {
  /** The search for near-duplicates. */
  readonly search: number;
  readonly groups: number;
  /** The groups dealt to the sides. */
  readonly sides: number;
}

/** A split of `n` made-up fields by groups of look-alike neighbours. */
export function timeSplit(n: number): SplitTime {
  const fields = madeUpFields(n);
  const [duplicates, search] = timed(() => findDuplicates(fields));
  const [groups, grouped] = timed(() => groupFields(fields, duplicates, 'neighbours'));
  const dataset = { fields, duplicates, groups, grouping: 'neighbours' } as const;
  const [, sides] = timed(() => splitDataset(dataset, { strategy: 'grouped', seed: n }));
  return { search, groups: grouped, sides };
}

function timed<T>(work: () => T): readonly [T, number] {
  const started = performance.now();
  return [work(), performance.now() - started];
}
