export { type ChosenScale, chooseScale } from './choose-scale.ts';
export { estimateCellDiameter } from './estimate-cell-diameter.ts';
export { type FieldCell, fieldCells, typicalDiameter } from './field-cells.ts';
export { tileFields } from './tile-fields.ts';
export { letterboxFactor, planTiles, TILE_OVERLAP, type Tile, type TilePlan } from './tiles.ts';
export {
  factorOf,
  JUDGEABLE_DIAMETER,
  LEAST_ZOOM,
  MOST_ZOOM,
  type ScaleRequest,
  TRAINING_CELL_DIAMETER,
} from './training-scale.ts';
