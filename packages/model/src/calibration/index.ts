export {
  CALIBRATION_METHOD,
  type Calibration,
  calibrate,
  softmax,
} from './calibrate.ts';
export { fitCalibration } from './fit.ts';
