export { AUGMENTATION_SETS, type AugmentationSet, type AugmentedCopy } from './augmented-copy.ts';
export { drawSheet, type SheetOptions, type SheetRow } from './contact-sheet.ts';
export {
  type CopyRecord,
  type Rebalanced,
  type RebalanceOptions,
  writeRebalanced,
} from './write-rebalanced.ts';
