import sharp from 'sharp';
import {
  backgroundStatistics,
  createImage,
  FIELD_SIZE,
  type Placement,
  type RgbImage,
} from '../../images/index.ts';

/**
 * Brings a picture of one or a few white cells to the scale of the training fields: made so small that its longer
 * side spans `side` pixels, in the middle of a 224 px field of its own background colour.
 */
export async function placePicture(
  picture: RgbImage,
  side: number,
): Promise<{ field: RgbImage; placement: Placement }> {
  const scale = side / Math.max(picture.width, picture.height);
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const raw = { width: picture.width, height: picture.height, channels: 3 as const };
  const small = await sharp(picture.data, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const field = createImage(FIELD_SIZE, FIELD_SIZE, backgroundStatistics(picture).median);
  const [left, top] = [Math.floor((FIELD_SIZE - width) / 2), Math.floor((FIELD_SIZE - height) / 2)];
  for (let y = 0; y < height; y++) {
    const row = small.subarray(y * width * 3, (y + 1) * width * 3);
    field.data.set(row, ((top + y) * FIELD_SIZE + left) * 3);
  }
  return { field, placement: { scale, left, top, width, height } };
}
