export { type CellCount, type CountOptions, countCells } from './count-cells.ts';
export { depthOf } from './distance.ts';
export { keepWhiteCells, type NuclearStain, nuclearStain } from './keep-white-cells.ts';
export { growMask, growMaskSquarely } from './morphology.ts';
export { type CellSurroundings, type RefinedNuclei, refineNuclei } from './refine-nuclei.ts';
export { cellRemains } from './remains.ts';
export { segmentHsv } from './segment-hsv.ts';
export { segmentStain, type WhiteCellMasks } from './segment-stain.ts';
export { stainChannels } from './stain.ts';
