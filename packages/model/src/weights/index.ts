export { type FetchOptions, fetchWeights } from './fetch-weights.ts';
export { type ImportedWeights, importWeights } from './import-weights.ts';
export { type ImportedBackbone, importedBackbone, PUBLISHED_WEIGHTS } from './published.ts';
export { weightsFile } from './weights-folder.ts';
