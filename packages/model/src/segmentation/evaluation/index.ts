export { boxIou, matchBoxes } from './boxes.ts';
export { coverageReport, type FieldCoverage } from './coverage.ts';
export {
  type Agreement,
  type AgreementGroup,
  handMaskReport,
  type MaskScore,
  scoreMasks,
} from './hand-mask-report.ts';
export { findHandMasks, type HandMaskPair, readHandMask } from './hand-masks.ts';
export { countOverlap, diceOf, iouOf, type OverlapCounts } from './overlap.ts';
export { placePicture } from './place-picture.ts';
export { type BoxedField, findBoxedFields, parseVocBoxes } from './voc-boxes.ts';
