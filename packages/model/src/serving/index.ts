export { analyse, type FieldPrediction } from './analyse.ts';
export { FieldReading, type Reading } from './field-reading.ts';
export type { Explanation } from './pool-explanations.ts';
export {
  openPredictor,
  type PredictOptions,
  type Predictor,
  type PredictorOptions,
  requirePreprocessing,
  STARTER_DIR,
} from './predictor.ts';
export { PROVIDERS, type Provider } from './protocol.ts';
export { type OnnxSession, openSession, type SessionOptions } from './session.ts';
export { type NetworkResult, readTile } from './tile-reading.ts';
