import { composeField, cropImage, type RgbImage, resizeImage } from '../images/index.ts';
import type { Tile, TilePlan } from './tiles.ts';

/**
 * The 224 x 224 fields of a plan, one at a time, so that a large image never has all of them in memory. A single tile
 * that holds the whole image is what `preprocess` makes of it; a smaller image lies on its own background colour.
 */
export async function* tileFields(
  image: RgbImage,
  { width, height, tiles }: TilePlan,
): AsyncGenerator<{ readonly tile: Tile; readonly field: RgbImage }> {
  const scaled = await resizeImage(image, width, height);
  for (const tile of tiles) {
    const { left, top, placement } = tile;
    const shown = { left, top, right: left + placement.width, bottom: top + placement.height };
    const field = composeField(cropImage(scaled, shown), placement, { coverScaleBar: tile.atCorner });
    yield { tile, field };
  }
}
