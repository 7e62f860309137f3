import { describe, expect, it } from 'vitest';
import { backgroundStatistics, createImage, type RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { makeView, VIEW_KINDS, type ViewSource } from './make-view.ts';
import { SYMMETRIES, turnImage, turnMask } from './turn.ts';

const pixel = ({ data, width }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** A grainy pale background with a dark square cell at 2..4. */
function source(seed: number, colour: [number, number, number], stage: ViewSource['stage']): ViewSource {
  const random = seededRandom(seed);
  const image = createImage(12, 12, colour);
  image.data.forEach((v, i) => {
    image.data[i] = v + random.int(5);
  });
  const cells = new Uint8Array(144);
  for (let y = 2; y < 5; y++)
    for (let x = 2; x < 5; x++) {
      cells[y * 12 + x] = 1;
      image.data.set([120, 20, 140], (y * 12 + x) * 3);
    }
  return { stage, image, cells, background: backgroundStatistics(image) };
}

const pink = source(1, [220, 180, 190], 'Pro');
const blue = source(2, [170, 175, 215], 'Early');

describe('views', () => {
  it('a recoloured field takes the mean and spread of a foreign background and keeps its cells apart', () => {
    const view = makeView(pink, [pink, blue], { kind: 'recoloured', seed: 1 });
    const { mean } = backgroundStatistics(view);
    for (const c of [0, 1, 2] as const) expect(Math.abs(mean[c] - blue.background.mean[c])).toBeLessThan(1.5);
    expect(pixel(view, 3, 3)[1]).toBeLessThan((pixel(view, 8, 8)[1] ?? 0) - 60);
  });

  it('a grey copy has three equal channels of weighted luminance', () => {
    // 0.299 * 120 + 0.587 * 20 + 0.114 * 140 = 63.58
    expect(pixel(makeView(pink, [], { kind: 'grey', seed: 1 }), 3, 3)).toEqual([64, 64, 64]);
  });

  it('cells only keeps the cells on one neutral colour, cell-less keeps the rest', () => {
    const only = makeView(pink, [blue], { kind: 'cells-only', seed: 1, neutral: true });
    expect(pixel(only, 3, 3)).toEqual([120, 20, 140]);
    expect(pixel(only, 8, 8)).toEqual([128, 128, 128]);
    const without = makeView(pink, [blue], { kind: 'cell-less', seed: 1 });
    expect(pixel(without, 3, 3)).toEqual(pink.background.median.map(Math.round));
    expect(pixel(without, 8, 8)).toEqual(pixel(pink.image, 8, 8));
  });

  it('repeats under one seed, leaves its source alone and never takes a donor of the same stage', () => {
    const before = pink.image.data.slice();
    for (const kind of VIEW_KINDS) {
      const options = { kind, seed: 5, turned: true };
      expect(makeView(pink, [blue], options)).toEqual(makeView(pink, [blue], options));
    }
    expect(pink.image.data).toEqual(before);
    const own = makeView(pink, [source(3, [90, 90, 90], 'Pro')], { kind: 'recoloured', seed: 1 });
    expect(backgroundStatistics(own).mean[0]).toBeCloseTo(pink.background.mean[0], 0);
  });

  it('the eight symmetries are distinct, and four turns lead back', () => {
    const image = pink.image;
    const all = Array.from({ length: SYMMETRIES }, (_, s) => turnImage(image, s).data.join());
    expect(new Set(all).size).toBe(8);
    const round = [1, 1, 1, 1].reduce((i, s) => turnImage(i, s), image);
    expect(round.data).toEqual(image.data);
    // A mask turns with its image: the cell lies where the image is darkest.
    for (let s = 0; s < SYMMETRIES; s++) {
      const [turned, mask] = [turnImage(image, s), turnMask(pink.cells, 12, s)];
      mask.forEach((m, i) => {
        expect(turned.data[i * 3 + 1] === 20).toBe(m === 1);
      });
    }
  });
});
