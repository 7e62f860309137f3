export {
  CALIBRATION_METHOD,
  type Calibration,
  calibrate,
  softmax,
} from './calibrate.ts';
export { type CalibrationFigures, calibrationFigures } from './figures.ts';
export { fitCalibration } from './fit.ts';
export { type ReliabilityPanel, reliabilityPanels, reliabilityPlot } from './reliability-plot.ts';
