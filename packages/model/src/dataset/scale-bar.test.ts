import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { createImage, type Rgb, type RgbImage } from '../images/index.ts';
import { scaleBarOf } from './scale-bar.ts';

/** Draws a bar as it is burned in: a block, if any, and lettering on it. `scale` = side / 224. */
function withBar(field: RgbImage, block: Rgb | null, lettering: Rgb, scale = 1): RgbImage {
  const data = field.data.slice();
  const paint = (x: number, y: number, colour: Rgb): void => data.set(colour, 3 * (y * field.width + x));
  for (let y = Math.floor(204 * scale); y < 218 * scale; y++)
    for (let x = Math.floor(193 * scale); x < 219 * scale; x++) {
      if (block) paint(x, y, block);
      const inLetters = y >= 208 * scale && y < 213 * scale && Math.floor(x / scale) % 3 === 0;
      if (inLetters) paint(x, y, lettering);
    }
  return { ...field, data };
}

describe('scaleBarOf', () => {
  it.each(MATURITY_STAGES)(
    'sees none in a field of %s, a white block or red letters where they are',
    (stage) => {
      const { image } = generateField({ seed: 2, stage });
      expect(scaleBarOf(image)).toBe('none');
      expect(scaleBarOf(withBar(image, [255, 255, 255], [20, 20, 20]))).toBe('white');
      expect(scaleBarOf(withBar(image, null, [200, 40, 50]))).toBe('red');
    },
  );

  it('grows with the field', () => {
    const large = createImage(448, 448, [220, 210, 225]);
    expect(scaleBarOf(withBar(large, [255, 255, 255], [0, 0, 0], 2))).toBe('white');
  });

  it('takes neither an empty white corner nor a nucleus for a bar', () => {
    expect(scaleBarOf(createImage(224, 224, [255, 255, 255]))).toBe('none');
    expect(scaleBarOf(withBar(createImage(224, 224, [230, 220, 230]), [90, 40, 150], [80, 20, 140]))).toBe(
      'none',
    );
    expect(scaleBarOf(createImage(1, 1, [0, 0, 0]))).toBe('none');
  });
});
