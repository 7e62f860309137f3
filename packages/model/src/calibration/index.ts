export {
  CALIBRATION_METHOD,
  type Calibration,
  calibrate,
  correctPrior,
  softmax,
  withPrior,
} from './calibrate.ts';
export { fitCalibration } from './fit.ts';
