import { DomainError } from '@blastwise/contracts';
import type { NamedTensor } from '../artifact/dtype.ts';
import { fromFloat16, toFloat16 } from '../artifact/float16.ts';
import { conformalQuantile } from '../conformal/index.ts';
import { OOD_METHOD, OOD_TENSORS, type Ood, type OodStatistics, oodResidual, toUnit } from './ood.ts';
import { principalSubspace, type Rows, rowCount } from './subspace.ts';

export interface FitOodOptions {
  /** Directions kept: 128 of 1,408 features take 360 kB. */
  readonly components?: number;
  /** Share of validation fields that must pass. */
  readonly passes?: number;
}

export interface FittedOod {
  /** For model.json. */
  readonly ood: Ood;
  /** For weights.safetensors: `ood/mean` F32 [dimension], `ood/components` F16 [components, dimension]. */
  readonly tensors: readonly NamedTensor[];
  readonly statistics: OodStatistics;
}

const rowAt = ({ data, dimension }: Rows, i: number): Float32Array =>
  data.subarray(i * dimension, (i + 1) * dimension);

/** The residual that `passes` of the validation rows stay at or below; the largest where there are too few rows. */
export function oodThreshold(validation: Rows, statistics: OodStatistics, passes: number): number {
  const residuals = Array.from({ length: rowCount(validation) }, (_, i) =>
    oodResidual(rowAt(validation, i), statistics),
  );
  const quantile = conformalQuantile(residuals, passes);
  return Math.max(Number.isFinite(quantile) ? quantile : Math.max(...residuals), Number.EPSILON);
}

/**
 * Learns what the features of training fields look like, and the threshold that `passes` of the validation fields
 * stay below. Views that should pass (recoloured, grey) belong among the training rows; other data never.
 *
 * @param training pooled features, a row a field or view: no scaling needed.
 * @param validation the same of fields that the network was not fitted on, plain view: the threshold is taken from
 * them, since a network knows its own training fields better.
 * @throws DomainError BAD_INPUT where either is empty or their dimensions differ.
 */
export function fitOod(
  training: Rows,
  validation: Rows,
  { components = 128, passes = 0.98 }: FitOodOptions = {},
): FittedOod {
  const { dimension } = training;
  const n = { training: rowCount(training), validation: rowCount(validation) };
  if (n.training === 0 || n.validation === 0 || validation.dimension !== dimension)
    throw new DomainError(
      'BAD_INPUT',
      'Statistics of features need training and validation rows of one length.',
    );
  const centred = new Float32Array(training.data.length);
  const sums = new Float64Array(dimension);
  for (let i = 0; i < n.training; i++) {
    const unit = toUnit(rowAt(training, i));
    centred.set(unit, i * dimension);
    for (let k = 0; k < dimension; k++) sums[k] = (sums[k] ?? 0) + (unit[k] ?? 0);
  }
  const mean = Float32Array.from(sums, (sum) => sum / n.training);
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) - (mean[i % dimension] ?? 0);
  const basis = principalSubspace({ data: centred, dimension }, components);
  const halves = basis.map((direction) => toFloat16(Float32Array.from(direction)));
  // The threshold is that of the directions as they are stored.
  const statistics = { mean, components: halves.map(fromFloat16) };
  const threshold = oodThreshold(validation, statistics, passes);
  const data = new Uint16Array(halves.length * dimension);
  halves.forEach((half, i) => {
    data.set(half, i * dimension);
  });
  return {
    ood: { method: OOD_METHOD, threshold, passes, n },
    tensors: [
      { name: OOD_TENSORS.mean, dtype: 'F32', shape: [dimension], data: mean },
      { name: OOD_TENSORS.components, dtype: 'F16', shape: [halves.length, dimension], data },
    ],
    statistics,
  };
}
