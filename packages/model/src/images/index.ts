export {
  type BackgroundStatistics,
  backgroundStatistics,
  type FieldColours,
  fieldColours,
} from './background.ts';
export { coverWhere, pasteInside } from './cover.ts';
export { decodeImage } from './decode.ts';
export { DEMO_DIR } from './demo.ts';
export { encodeAs, encodeGreyPng, encodeJpeg, encodeMaskPng, encodePng, isLossless } from './encode.ts';
export {
  composeField,
  type Placement,
  PREPROCESSING_VERSION,
  type PreprocessedField,
  preprocess,
  SCALE_BAR,
} from './preprocess.ts';
export { cropImage, resizeImage } from './resize.ts';
export { type FieldWindow, restoreMask, restoreWindow } from './restore-mask.ts';
export {
  type Box,
  createImage,
  FIELD_SIZE,
  LUMINANCE,
  luminanceAt,
  type Rgb,
  type RgbImage,
} from './rgb-image.ts';
export { type SanitisedImage, sanitiseImage } from './sanitise.ts';
export { thumbnail } from './thumbnail.ts';
export { clampByte, mapTones } from './tones.ts';
