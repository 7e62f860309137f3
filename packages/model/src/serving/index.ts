export { analyse, type Explanation, type FieldPrediction, type NetworkResult } from './analyse.ts';
export {
  openPredictor,
  type PredictOptions,
  type Predictor,
  type PredictorOptions,
  STARTER_DIR,
} from './predictor.ts';
export { PROVIDERS, type Provider } from './protocol.ts';
export { type OnnxSession, openSession, type SessionOptions } from './session.ts';
