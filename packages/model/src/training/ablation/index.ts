export { type AblatedVariant, type AblateOptions, type Ablation, ablate } from './ablate.ts';
