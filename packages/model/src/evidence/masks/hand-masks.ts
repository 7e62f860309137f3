import { posix } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { maskChannelsOf } from '../../architecture/hybrid/config.ts';
import { hybridConfigOf } from '../../artifact/index.ts';
import { type Estimate, estimate } from '../../metrics/index.ts';
import {
  diceOf,
  type HandMaskPair,
  iouOf,
  type MaskScore,
  readHandMask,
  scoreMasks,
} from '../../segmentation/evaluation/index.ts';
import { readField } from '../labelled-field.ts';
import { inTurn, NOTHING, type Part, SAMPLES, type Subject } from '../part.ts';
import { sampleOf } from '../sample.ts';
import type { ModelEvidence } from '../schema.ts';
import {
  eachMethod,
  MASK_METHODS,
  type MaskMethod,
  type MaskSource,
  maskSource,
  PICTURE_SIDE,
} from './mask-source.ts';

type HandMasks = NonNullable<ModelEvidence['masks']['hand']>;
type Methods = HandMasks['sets'][number]['methods'];

/** Scores the masks of pictures against those drawn by hand. */
export async function scoreHandMasks(
  pairs: readonly HandMaskPair[],
  find: MaskSource,
  progress: (done: number, total: number) => void,
): Promise<MaskScore[]> {
  const scores: MaskScore[] = [];
  for (const { name, image, mask } of pairs) {
    const found = await find(await readField({ file: image, path: name }));
    const drawn = readHandMask(await readField({ file: mask, path: name }));
    scores.push(scoreMasks(name, found, drawn));
    progress(scores.length, pairs.length);
  }
  return scores;
}

const FAILED = 0.5;

function agreement(
  scores: readonly MaskScore[],
  channel: 'cell' | 'nucleus',
  seed: number,
): Methods['hsv']['cell'] {
  const mean = (measure: typeof diceOf): Estimate => {
    const found = estimate(
      scores.map((score) => ({ group: score.name, value: measure(score[channel]) })),
      seed,
    );
    if (!found) throw new DomainError('BAD_INPUT', 'There is no picture with a hand-made mask.');
    return found;
  };
  const failures = scores.filter((score) => diceOf(score[channel]) < FAILED).length;
  return { dice: mean(diceOf), iou: mean(iouOf), failures };
}

/** Agreement with masks drawn by hand: of all pictures and, where they lie in several folders, of each. */
export function handMasksPart(
  { predictor, seed }: Subject,
  all: readonly HandMaskPair[] | null,
): Part<HandMasks | null> {
  if (!all) return NOTHING;
  const pairs = sampleOf(all, SAMPLES.pictures, seed);
  const drawsNuclei = maskChannelsOf(hybridConfigOf(predictor.artifact.manifest, 'asked for masks')) === 2;
  return {
    steps: MASK_METHODS.length * pairs.length,
    measure: async (report) => {
      const next = inTurn(report);
      const scores = await eachMethod((method) =>
        scoreHandMasks(pairs, maskSource(method, predictor, PICTURE_SIDE.wbc), next(pairs.length)),
      );
      const folders = [...new Set(pairs.map(({ name }) => posix.dirname(name)))].sort();
      const setOf = (set: string, inside: (score: MaskScore) => boolean) => {
        const of = (method: MaskMethod) => {
          const own = scores[method].filter(inside);
          const nucleus = method === 'unet' && !drawsNuclei ? null : agreement(own, 'nucleus', seed);
          return { cell: agreement(own, 'cell', seed), nucleus };
        };
        const n = scores.hsv.filter(inside).length;
        return { set, n, methods: { hsv: of('hsv'), stain: of('stain'), unet: of('unet') } };
      };
      const sets = [setOf('all', () => true)];
      for (const folder of folders.length > 1 ? folders : [])
        sets.push(setOf(folder, ({ name }) => posix.dirname(name) === folder));
      return { n: pairs.length, sets };
    },
  };
}
