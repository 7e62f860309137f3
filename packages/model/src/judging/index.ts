export { answersToFeatures, answersToImages, type ImageAnswer, type LabelledImage } from './answers.ts';
export {
  decodeLockedTest,
  encodeLockedTest,
  LOCKED_TEST_FILE,
  type LockedField,
  type LockedTestFile,
  lockedTestOf,
  lockTest,
} from './locked-test.ts';
export { type AttachedMarks, attachMarks, markFields } from './mark-fields.ts';
export { networkDigest } from './network-digest.ts';
