export { exportOnnx } from './artifact.ts';
export { type ExportOptions, exportModel } from './export-model.ts';
export {
  EXPLAINED_OUTPUTS,
  exportHybridOnnx,
  exportLowerOnnx,
  HYBRID_OUTPUTS,
  LOWER_OUTPUTS,
  type Weights,
} from './hybrid.ts';
export { checkParity, exportOnnxWithParity, PARITY_TOLERANCE, type ParityReport } from './parity.ts';
