export { cellsOnly, NEUTRAL, withoutCells } from './cells.ts';
export {
  COUNTERFACTUAL_KINDS,
  type CopiedField,
  type CounterfactualKind,
  counterfactualCopy,
  donorOf,
} from './copy.ts';
export { exchangeColours } from './exchange-colours.ts';
export { greyCopy } from './grey.ts';
export {
  type Donor,
  makeView,
  VIEW_KINDS,
  type ViewKind,
  type ViewOptions,
  type ViewSource,
} from './make-view.ts';
export { type MaskedArea, maskedArea } from './masked-area.ts';
export { cellCrops, shuffledCells } from './single-cells.ts';
export { SYMMETRIES, turnImage, turnMask } from './turn.ts';
export { type CopiesMade, type CopyOptions, writeCopies } from './write-copies.ts';
