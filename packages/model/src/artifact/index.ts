export { attachFiles } from './attach.ts';
export { digestOf, sha256 } from './digest.ts';
export type { NamedTensor, TensorData, TensorDtype } from './dtype.ts';
export {
  decodeFeatures,
  encodeFeatures,
  FEATURES_FILE,
  type FeatureTable,
} from './features.ts';
export { fromFloat16, fromFloat16Bits, toFloat16, toFloat16Bits } from './float16.ts';
export { hybridConfigOf } from './hybrid-config.ts';
export { type Correction, type Lineage, lineageSchema } from './lineage.ts';
export { type Artifact, loadArtifact } from './load.ts';
export {
  CARD_FILE,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  modelDigest,
  SPLIT_FILE,
  WEIGHTS_FILE,
} from './manifest.ts';
export { decodeMarks, encodeMarks, MARKS_FILE, type MarkedField } from './marks.ts';
export { artifactPlots } from './plots.ts';
export { readSafetensors, type TensorFile, writeSafetensors } from './safetensors.ts';
export { type ArtifactContent, contentDigest, type SaveOptions, saveArtifact } from './save.ts';
export { writeWhole } from './write-whole.ts';
