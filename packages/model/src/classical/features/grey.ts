import { luminanceAt, type RgbImage } from '../../images/index.ts';

/** A grey image: `width * height` values in 0..1, row by row. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** Luminance of every pixel, 0..1. */
export function greyOf({ width, height, data }: RgbImage): GreyImage {
  const values = new Float64Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = luminanceAt(data, 3 * i) / 255;
  return { width, height, values };
}

export interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** Third and fourth standardised moments; 0 where the values do not differ. */
  readonly skewness: number;
  readonly kurtosis: number;
}

/** Rounding of equal values leaves about this much. */
const NO_VARIANCE = 1e-18;

/** Moments of a population, not of a sample; all 0 where there is no value. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const n = values.length;
  if (n === 0) return { mean: 0, variance: 0, skewness: 0, kurtosis: 0 };
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] ?? 0;
  const mean = sum / n;
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const off = (values[i] ?? 0) - mean;
    const square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
  }
  const variance = second / n;
  if (variance < NO_VARIANCE) return { mean, variance: 0, skewness: 0, kurtosis: 0 };
  return { mean, variance, skewness: third / n / variance ** 1.5, kurtosis: fourth / n / variance ** 2 };
}
