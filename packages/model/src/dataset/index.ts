export { type StageAppearance, stageAppearances } from './appearance.ts';
export { type CopiesAcrossSides, copiesAcrossSides } from './copies-across-sides.ts';
export { type DuplicatePair, type Fingerprint, findDuplicates } from './duplicates.ts';
export { byContent, byPath, type FieldName } from './field-name.ts';
export { GROUPINGS, type Grouping, groupFields } from './groups.ts';
export {
  fingerprintBytes,
  type InspectedField,
  inspectBytes,
  inspectFields,
  type OnField,
  THUMBNAIL,
} from './inspect.ts';
export { findLeaks, type Leak, refuseLeaks } from './leaks.ts';
export {
  type InspectedDataset,
  inspectDataset,
  type Progress,
  type SplitOptions,
  splitDataset,
} from './make-split.ts';
export {
  parseSplit,
  readSplit,
  SPLIT_STRATEGIES,
  type Split,
  type SplitField,
  type SplitStrategy,
  splitSchema,
  withTestFold,
} from './manifest.ts';
export { type Mark, marksInTurns, marksOf } from './marks.ts';
export { type NamedByBackground, namedByBackground } from './name-stage.ts';
export { SCALE_BAR_STYLES, type ScaleBarStyle } from './scale-bar.ts';
export { type FieldFile, scanFields } from './scan.ts';
export { type SegmentedCoverage, segmentedCoverage } from './segmented.ts';
export { showsMarks } from './shared-marks.ts';
export { SIDES, type Side, sidesOfFold, splitByGroup, splitFolds, splitRandomly } from './split.ts';
export { measureSurroundings, type Surroundings } from './surroundings.ts';
export { type SplitFile, verifySplit } from './verify.ts';
