export { type BoxCount, countBoxes } from './boxes.ts';
export { measureCoverage } from './coverage.ts';
export { scoreHandMasks } from './hand-masks.ts';
export {
  type FoundMasks,
  MASK_METHODS,
  type MaskMethod,
  type MaskSource,
  maskSource,
  PICTURE_SIDE,
} from './mask-source.ts';
