import { FIELD_SIZE, type Rgb, type RgbImage } from '../images/index.ts';

/** Where the microscope burns its scale bar into a 224 x 224 field (measured); other sizes have it in proportion. */
const BAR = { left: 193, right: 224, top: 194, bottom: 222 } as const;

/** A copy of the image with one colour where its scale bar would be. */
export function paintScaleBar(image: RgbImage, colour: Readonly<Rgb>): RgbImage {
  const { width, height } = image;
  const data = image.data.slice();
  const [across, down] = [width / FIELD_SIZE, height / FIELD_SIZE];
  for (let y = Math.round(BAR.top * down); y < Math.round(BAR.bottom * down); y++) {
    for (let x = Math.round(BAR.left * across); x < Math.round(BAR.right * across); x++)
      data.set(colour, 3 * (y * width + x));
  }
  return { width, height, data };
}
