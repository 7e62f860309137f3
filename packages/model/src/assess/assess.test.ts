import type { Reason } from '@blastwise/contracts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import {
  backgroundStatistics,
  createImage,
  decodeImage,
  encodeJpeg,
  FIELD_SIZE,
  type Rgb,
  type RgbImage,
} from '../images/index.ts';
import { countCells } from '../segmentation/index.ts';
import { ASSESS_LIMITS, assess } from './assess.ts';
import { edgeWidth } from './edge-width.ts';
import { exposureOf } from './exposure.ts';
import { luminanceOf } from './luminance.ts';

const lookOf = (field: RgbImage) => {
  const luminance = luminanceOf(field);
  return { field, luminance, exposure: exposureOf(field, luminance, WHOLE) };
};
const WHOLE = { scale: 1, left: 0, top: 0, width: FIELD_SIZE, height: FIELD_SIZE };

const changed = (image: RgbImage, change: (value: number) => number): RgbImage => ({
  ...image,
  data: image.data.map((v) => Math.max(0, Math.min(255, Math.round(change(v))))),
});

async function blurred({ width, height, data }: RgbImage, sigma: number): Promise<RgbImage> {
  const raw = { width, height, channels: 3 as const };
  return { width, height, data: new Uint8Array(await sharp(data, { raw }).blur(sigma).raw().toBuffer()) };
}

/** Cells of a mask painted over with the field's background colour, as an editor would. */
function painted(image: RgbImage, mask: Uint8Array): RgbImage {
  const data = image.data.slice();
  const { median } = backgroundStatistics(image);
  mask.forEach((m, i) => {
    if (m > 0) data.set(median, 3 * i);
  });
  return { ...image, data };
}

const binary = (mask: Uint8Array) => Uint8Array.from(mask, (m) => (m > 0 ? 1 : 0));
function reasonsOf(image: RgbImage, mask: Uint8Array): Reason[] {
  return assess({
    ...lookOf(image),
    placement: WHOLE,
    found: countCells(binary(mask), FIELD_SIZE, FIELD_SIZE),
  }).reasons;
}

describe('assess', () => {
  const { image, mask, cells } = generateField({ seed: 5, stage: 'Pre' });
  const nothing = new Uint8Array(mask.length);
  const whole = new Uint8Array(mask.length).fill(1);

  it('passes a field as it is, in grey, pale, and compressed', async () => {
    const grey = { ...image, data: image.data.slice() };
    for (let i = 0; i < grey.data.length; i += 3) grey.data.fill(image.data[i + 1] ?? 0, i, i + 3);
    const pale = changed(image, (v) => 110 + v / 2);
    const compressed = await decodeImage(await encodeJpeg(image, 75));
    for (const field of [image, grey, pale, compressed]) expect(reasonsOf(field, mask)).toEqual([]);
    const found = countCells(binary(mask), FIELD_SIZE, FIELD_SIZE);
    expect(found.count).toBeGreaterThan(0);
    expect(cells.length).toBeGreaterThan(0);
  });

  it.each<{ what: string; field: RgbImage; mask: Uint8Array; reasons: Reason[] }>([
    { what: 'one colour', field: createImage(224, 224, [200, 190, 195]), mask: nothing, reasons: ['blank'] },
    { what: 'too faint', field: changed(image, (v) => 200 + v / 30), mask, reasons: ['blank'] },
    {
      what: 'white',
      field: createImage(224, 224, [255, 255, 255]),
      mask: nothing,
      reasons: ['clipped', 'no-white-cells'],
    },
    {
      what: 'black',
      field: createImage(224, 224, [0, 0, 0]),
      mask: nothing,
      reasons: ['clipped', 'no-white-cells'],
    },
    { what: 'no mask', field: image, mask: nothing, reasons: ['no-white-cells'] },
    { what: 'painted over', field: painted(image, mask), mask, reasons: ['no-white-cells'] },
  ])('names what is wrong: $what', ({ field, mask: shown, reasons }) => {
    expect(reasonsOf(field, shown)).toEqual(reasons);
  });

  it('names a blur beyond recognition, and none that a lens always has', async () => {
    expect(reasonsOf(await blurred(image, 0.7), mask)).toEqual([]);
    expect(reasonsOf(await blurred(image, 4), mask)).toEqual(['blurred']);
  });

  it('finds a cell that fills the field out of scale', () => {
    const field = changed(image, (v) => v);
    for (let i = 0; i < whole.length; i++) {
      const [x, y] = [i % FIELD_SIZE, Math.floor(i / FIELD_SIZE)];
      const inside = (x - 112) ** 2 + (y - 112) ** 2 < 70 ** 2;
      field.data.set(inside ? [90, 60, 130] : [220, 205, 212], 3 * i);
      whole[i] = inside ? 1 : 0;
    }
    expect(reasonsOf(field, whole)).toEqual(['out-of-scale']);
  });
});

/** One cell, 24 px across, in the lower part of a field, with a round nucleus of `radius` px, and its mask. */
function oneCell(look: { background: Rgb; cytoplasm: Rgb; nucleus: Rgb; radius: number }) {
  const field = createImage(FIELD_SIZE, FIELD_SIZE, look.background);
  const mask = new Uint8Array(FIELD_SIZE ** 2);
  for (let i = 0; i < mask.length; i++) {
    const from = ((i % FIELD_SIZE) - 60) ** 2 + (Math.floor(i / FIELD_SIZE) - 170) ** 2;
    if (from >= 12 ** 2) continue;
    field.data.set(from < look.radius ** 2 ? look.nucleus : look.cytoplasm, 3 * i);
    mask[i] = 1;
  }
  return { field, mask };
}

/** The upper rows of a field in one colour. */
function withRows(field: RgbImage, share: number, colour: Rgb): RgbImage {
  const data = field.data.slice();
  for (let i = 0; i < Math.round(share * FIELD_SIZE) * FIELD_SIZE; i++) data.set(colour, 3 * i);
  return { ...field, data };
}

describe('assess, exposure', () => {
  const white: Rgb = [255, 255, 255];
  const black: Rgb = [0, 0, 0];
  const pale: Rgb = [220, 205, 212];
  const violet: Rgb = [170, 140, 190];
  const purple: Rgb = [90, 60, 130];

  it('heeds no background that alone is white', () => {
    const { image, mask } = generateField({ seed: 5, stage: 'Pre' });
    const data = image.data.map((value, i) => (mask[Math.floor(i / 3)] === 1 ? value : 255));
    const field = { ...image, data };
    expect(lookOf(field).exposure.white).toBeGreaterThan(ASSESS_LIMITS.white);
    expect(reasonsOf(field, mask)).toEqual([]);
  });

  // Of the disc of 15 px, the cell with its surroundings, a nucleus of 8 px is 28 %, of 9 px 36 %, of 10 px 44 %.
  it.each<{ what: string; look: Parameters<typeof oneCell>[0]; reasons: Reason[] }>([
    {
      what: 'a lone cell on white, less than a hundredth of the field',
      look: { background: white, cytoplasm: violet, nucleus: purple, radius: 8 },
      reasons: [],
    },
    {
      what: 'a narrow cytoplasm burnt out, 56 % white',
      look: { background: white, cytoplasm: white, nucleus: purple, radius: 10 },
      reasons: [],
    },
    {
      what: 'a wide cytoplasm burnt out, 72 % white',
      look: { background: white, cytoplasm: white, nucleus: purple, radius: 8 },
      reasons: ['clipped'],
    },
    {
      what: 'a small black nucleus, 28 % black',
      look: { background: pale, cytoplasm: violet, nucleus: black, radius: 8 },
      reasons: [],
    },
    {
      what: 'a nucleus without any structure, 36 % black',
      look: { background: pale, cytoplasm: violet, nucleus: black, radius: 9 },
      reasons: ['clipped'],
    },
  ])('judges the light by the cells: $what', ({ look, reasons }) => {
    const { field, mask } = oneCell(look);
    expect(reasonsOf(field, mask)).toEqual(reasons);
  });

  it.each<{ share: number; colour: Rgb; cell: boolean; reasons: Reason[] }>([
    { share: 0.61, colour: white, cell: false, reasons: ['clipped', 'no-white-cells'] },
    { share: 0.59, colour: white, cell: false, reasons: ['no-white-cells'] },
    { share: 0.31, colour: black, cell: false, reasons: ['clipped', 'no-white-cells'] },
    { share: 0.29, colour: black, cell: false, reasons: ['no-white-cells'] },
    { share: 0.31, colour: black, cell: true, reasons: ['clipped'] },
    { share: 0.29, colour: black, cell: true, reasons: [] },
  ])('judges the light by the whole image: $share of $colour, with a cell $cell', (row) => {
    const { field, mask } = oneCell({ background: pale, cytoplasm: violet, nucleus: purple, radius: 8 });
    const lit = withRows(field, row.share, row.colour);
    expect(reasonsOf(lit, row.cell ? mask : new Uint8Array(mask.length))).toEqual(row.reasons);
  });
});

describe('edgeWidth', () => {
  it.each([2, 3, 4])('is the standard deviation of a Gaussian edge: %d px', (sigma) => {
    // The blurred half plane rises as the normal distribution; logistic approximation within 1 %.
    const rise = (x: number) => 1 / (1 + Math.exp(-1.702 * (x / sigma)));
    const luminance = Float32Array.from(
      { length: FIELD_SIZE ** 2 },
      (_, i) => 60 + 140 * rise((i % FIELD_SIZE) - 111.5),
    );
    const strip = Uint8Array.from({ length: FIELD_SIZE ** 2 }, (_, i) =>
      Math.abs((i % FIELD_SIZE) - 111.5) < 12 ? 1 : 0,
    );
    const width = edgeWidth(luminance, strip) ?? 0;
    expect(width / sigma).toBeGreaterThan(0.85);
    expect(width / sigma).toBeLessThan(1.25);
  });

  it('has no answer without cells', () => {
    expect(edgeWidth(new Float32Array(FIELD_SIZE ** 2), new Uint8Array(FIELD_SIZE ** 2))).toBeNull();
  });
});
