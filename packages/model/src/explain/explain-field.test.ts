import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import type { LabelledCells } from '../segmentation/index.ts';
import { cellEvidence } from './cell-evidence.ts';
import { explainField } from './explain-field.ts';
import { addStages, centred, perStage } from './per-stage.ts';
import { stageGradients } from './stage-gradients.ts';
import { someHead } from './testing.ts';

const CHANNELS = 5;

/** Cells as upright rectangles [left, top, right, bottom) on a 224 field; later ones lie on top. */
function rectangles(...boxes: [number, number, number, number][]): LabelledCells {
  const labels = new Int32Array(224 * 224);
  boxes.forEach(([left, top, right, bottom], i) => {
    for (let y = top; y < bottom; y++) labels.fill(i + 1, y * 224 + left, y * 224 + right);
  });
  return { count: boxes.length, labels };
}

/** A random last map whose average makes the first features; two more stand for the masked image. */
function someField(seed: number) {
  const { head, features } = someHead(seed, CHANNELS + 2);
  const random = seededRandom(seed + 1);
  const map = Float32Array.from({ length: 49 * CHANNELS }, () => Math.max(0, random.normal()));
  for (let c = 0; c < CHANNELS; c++) {
    features[c] = map.reduce((sum, v, i) => (i % CHANNELS === c ? sum + v : sum), 0) / 49;
  }
  return { head, features, map };
}

describe('explainField', () => {
  it('parts add up to the lead of each stage, wherever the cells are', () => {
    const box = fc
      .tuple(...[0, 0, 0, 0].map(() => fc.nat({ max: 224 })))
      .map(([a = 0, b = 0, c = 0, d = 0]): [number, number, number, number] => [
        Math.min(a, c),
        Math.min(b, d),
        Math.max(a, c),
        Math.max(b, d),
      ]);
    fc.assert(
      fc.property(fc.nat({ max: 1e6 }), fc.array(box, { maxLength: 5 }), (seed, boxes) => {
        const { head, ...result } = someField(seed);
        const { cells, background, maskedImage, offset } = explainField(head, result, rectangles(...boxes));
        expect(cells).toHaveLength(boxes.length);
        const sum = cells.reduce(addStages, addStages(background, addStages(maskedImage, offset)));
        const lead = centred(stageGradients(head, result.features).logits);
        for (const s of [0, 1, 2, 3] as const) expect(sum[s]).toBeCloseTo(lead[s], 5);
      }),
      { numRuns: 40 },
    );
  });

  it('a cell that fills the field takes all of the map, and leaves nothing to the background', () => {
    const { head, ...result } = someField(3);
    const { cells, background } = explainField(head, result, rectangles([0, 0, 224, 224]));
    const without = explainField(head, result, rectangles()).background;
    for (const s of [0, 1, 2, 3] as const) {
      expect(background[s]).toBeCloseTo(0, 9);
      expect(cells[0]?.[s]).toBeCloseTo(without[s], 9);
    }
  });
});

describe('cellEvidence', () => {
  // All evidence of every stage, 64 in total, in the middle place, which lies at x and y 96..127.
  const values = new Float64Array(49);
  values[24] = 64;
  const evidence = { side: 7, values: perStage(() => values) };

  it.each([
    ['the whole neighbourhood: the tent spreads two places wide', [80, 80, 144, 144], 64],
    ['the left half', [80, 80, 112, 144], 32],
    ['a quarter', [112, 112, 144, 144], 16],
    // (1/32)^2 of the evidence a pixel at the peak, less 1/64 a half step off it on either axis.
    ['one pixel beside the centre', [112, 112, 113, 113], 64 * (1 / 32) ** 2 * (1 - 1 / 64) ** 2],
    // The tent over the place itself holds 3/4 on either axis.
    ['the place itself', [96, 96, 128, 128], 64 * 0.75 ** 2],
    ['elsewhere', [0, 0, 70, 70], 0],
  ] as const)('%s', (_, [left, top, right, bottom], expected) => {
    const [cell] = cellEvidence(evidence, rectangles([left, top, right, bottom]), 224);
    expect(cell?.[2]).toBeCloseTo(expected, 9);
  });
});
