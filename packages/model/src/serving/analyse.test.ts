import { describe, expect, it } from 'vitest';
import { DEFAULT_HYBRID } from '../architecture/index.ts';
import type { Artifact } from '../artifact/index.ts';
import { fitConformal } from '../conformal/index.ts';
import { createImage } from '../images/index.ts';
import { OOD_METHOD, OOD_TENSORS } from '../ood/index.ts';
import { planTiles } from '../scale/index.ts';
import { analyse } from './analyse.ts';
import { FieldReading, type Reading } from './field-reading.ts';
import { withNuclei } from './nuclei.ts';
import { type NetworkResult, readTile } from './tile-reading.ts';

const model: Pick<Artifact, 'manifest' | 'digest' | 'weights'> = {
  weights: new Map(),
  digest: 'd'.repeat(64),
  manifest: {
    format: 'blastwise-model-1',
    name: 'm',
    architecture: { kind: 'hybrid', config: DEFAULT_HYBRID },
    preprocessing: 'field-224-v2',
    stages: ['Benign', 'Early', 'Pre', 'Pro'],
    calibration: {
      method: 'temperature-bias-v1',
      temperature: 2,
      bias: [0, 0, 0, Math.log(3)],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    files: {},
    digest: 'd'.repeat(64),
    integrity: 'e'.repeat(64),
  },
};
const SIZE = createImage(448, 448, [220, 190, 205]);
const PLAN = planTiles(448, 448, 0.5);
const features = new Float32Array(2);

/** A field's mask: 0.9 inside the discs, 0.1 outside. */
function discs(...centres: [number, number][]): Float32Array {
  return Float32Array.from({ length: 224 * 224 }, (_, i) => {
    const [x, y] = [i % 224, Math.floor(i / 224)];
    return centres.some(([cx, cy]) => (x - cx) ** 2 + (y - cy) ** 2 <= 400) ? 0.9 : 0.1;
  });
}

/** What the one tile of a 448 x 448 image says. */
function read(result: NetworkResult): Reading {
  const [tile] = PLAN.tiles;
  const reading = new FieldReading(SIZE, { plan: PLAN, source: 'estimated', outOfScale: false });
  const whole = tile && reading.add(readTile(tile, result));
  if (!whole) throw new Error('One tile is the whole of it.');
  return whole;
}

describe('analyse', () => {
  it('calibrates the logits, counts the cells and measures the mask at the size of the input', () => {
    const logits = Float32Array.of(0, 2 * Math.log(2), 0, 0);
    const { analysis, mask } = analyse(
      model,
      SIZE,
      read({
        logits,
        mask: discs([60, 60], [150, 160]),
        features,
      }),
    );
    // exp: 1, 2, 1, 3 -> sevenths
    expect(analysis.stage).toBe('Pro');
    expect(analysis.probabilities.Early).toBeCloseTo(2 / 7, 6);
    expect(analysis.cells).toBe(2);
    expect(analysis).toMatchObject({ assessable: true, reasons: [], width: 448, height: 448 });
    expect(analysis.maskFraction).toBeCloseTo((2 * Math.PI * 400) / 224 ** 2, 2);
    expect(analysis.scale).toEqual({ factor: 0.5, source: 'estimated', tiles: 1 });
    expect(mask[448 * 120 + 120]).toBe(255);
    expect(mask[0]).toBe(0);
  });

  it('splits the masks of cells and nuclei, and gives both the size of the input', () => {
    const [cells, nuclei] = [discs([60, 60], [150, 160]), discs([150, 160])];
    const both = Float32Array.from({ length: 2 * cells.length }, (_, i) => {
      return (i % 2 === 0 ? cells : nuclei)[Math.floor(i / 2)] ?? 0;
    });
    const logits = new Float32Array(4);
    const single = analyse(model, SIZE, read({ logits, mask: cells, features }));
    const { analysis, mask, nucleus } = analyse(
      model,
      SIZE,
      withNuclei(SIZE, read({ logits, mask: both, features })),
    );
    const bare = analysis.whiteCells?.map((cell) => ({ ...cell, nucleusShare: null }));
    expect({ ...analysis, whiteCells: bare }).toEqual(single.analysis);
    expect(analysis.whiteCells?.map((cell) => cell.nucleusShare)).toEqual([0, 1]);
    expect(mask).toEqual(single.mask);
    expect(single.nucleus).toBeNull();
    expect(nucleus).toHaveLength(448 * 448);
    expect([nucleus?.[448 * 120 + 120], nucleus?.[448 * 320 + 300]]).toEqual([0, 255]);
  });

  it('is not assessable where no cell was found', () => {
    const { analysis } = analyse(
      model,
      SIZE,
      read({
        logits: new Float32Array(4),
        mask: discs(),
        features,
      }),
    );
    expect(analysis).toMatchObject({
      assessable: false,
      reasons: ['no-white-cells'],
      cells: 0,
      maskFraction: 0,
    });
  });

  it('gives a prediction set and a novelty score where the model has the parts for them', () => {
    const network = { logits: new Float32Array(4), mask: discs([60, 60]), features: Float32Array.of(0, 3) };
    const plain = analyse(model, SIZE, read(network)).analysis;
    expect([plain.predictionSet, plain.outOfDistribution]).toEqual([null, null]);
    const knowing: typeof model = {
      ...model,
      manifest: {
        ...model.manifest,
        conformal: { ...fitConformal([], []), thresholds: [0.9, 0.9, 0.7, null] },
        ood: { method: OOD_METHOD, threshold: 0.5, passes: 0.98, n: { training: 1, validation: 1 } },
      },
      weights: new Map(
        [
          { name: OOD_TENSORS.mean, dtype: 'F32', shape: [2], data: Float32Array.of(0, 0) } as const,
          // 15360 is 1 as a half.
          {
            name: OOD_TENSORS.components,
            dtype: 'F16',
            shape: [1, 2],
            data: Uint16Array.of(15360, 0),
          } as const,
        ].map((tensor) => [tensor.name, tensor]),
      ),
    };
    const { analysis } = analyse(knowing, SIZE, read(network));
    // Sixths 1, 1, 1, 3: one minus them .83, .83, .83, .5.
    expect(analysis.predictionSet).toEqual(['Benign', 'Early', 'Pro']);
    expect(analysis.outOfDistribution).toEqual({ score: 2, flag: true });
  });

  it('never falls back to a stage when the network gives no number', () => {
    const broken = { logits: Float32Array.of(0, Number.NaN, 0, 0), mask: discs(), features };
    expect(() => analyse(model, SIZE, read(broken))).toThrow('there is no answer');
    expect(() => analyse(model, SIZE, read({ ...broken, logits: new Float32Array(0) }))).toThrow('no answer');
  });
});
