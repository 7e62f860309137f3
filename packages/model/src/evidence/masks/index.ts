export { type BoxCount, boxesPart, countBoxes } from './boxes.ts';
export { coveragePart, measureCoverage } from './coverage.ts';
export { handMasksPart, scoreHandMasks } from './hand-masks.ts';
export {
  type FoundMasks,
  MASK_METHODS,
  type MaskMethod,
  type MaskSource,
  maskSource,
  PICTURE_SIDE,
} from './mask-source.ts';
