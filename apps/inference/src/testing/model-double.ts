import { MATURITY_STAGES, type StageRecord, toStageRecord } from '@blastwise/contracts';
import type { ServedModel } from '../predictions/served-model.ts';

export const DOUBLE_DIGEST = 'd'.repeat(64);

export interface ModelDoubleOptions {
  digest?: string;
  /** Called before every answer: may wait or throw. */
  before?: (count: number) => Promise<void> | void;
}

const heat = (value: number): StageRecord<Uint8Array> => ({
  Benign: Uint8Array.of(value, value),
  Early: Uint8Array.of(value, value),
  Pre: Uint8Array.of(value, value),
  Pro: Uint8Array.of(value, value),
});

/** A stand-in for the network in tests of what surrounds it: its stage follows the first pixel's red value, 64 levels a stage. */
export function modelDouble({ digest = DOUBLE_DIGEST, before }: ModelDoubleOptions = {}): ServedModel & {
  alive: boolean;
  closed: boolean;
} {
  return {
    engine: 'double',
    identity: { digest, name: 'double', card: '# A double', plots: {}, manifest: {} },
    alive: true,
    closed: false,
    async predict(images) {
      await before?.(images.length);
      return images.map(({ width, height, data }) => {
        const stage = MATURITY_STAGES[(data[0] ?? 0) >> 6] ?? 'Benign';
        return {
          analysis: {
            width,
            height,
            assessable: true,
            reasons: [],
            stage,
            probabilities: { ...toStageRecord([0.02, 0.02, 0.02, 0.02]), [stage]: 0.94 },
            cells: 3,
            maskFraction: 0.25,
            predictionSet: null,
            outOfDistribution: null,
            scale: null,
            whiteCells: null,
            background: null,
            versions: { modelDigest: digest, modelName: 'double', preprocessing: 'p1', calibration: 'c1' },
          },
          mask: new Uint8Array(width * height).fill(255),
          nucleus: new Uint8Array(width * height),
          heat: {
            width: 2,
            height: 1,
            pixels: { ...heat(0), [stage]: Uint8Array.of(255, 9) },
          },
        };
      });
    },
    async close() {
      this.closed = true;
    },
  };
}
