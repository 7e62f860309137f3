import { type RgbImage, resizeImage } from '../../images/index.ts';
import { gradientLengths } from './gradient.ts';
import { greyOf, momentsOf } from './grey.ts';
import { colourHistograms } from './histogram.ts';
import { componentShapes } from './shapes.ts';

/** Side of the square that the features are measured on, pixels. */
const SIDE = 150;

/** The features of an image as it is, in the order of `FEATURES`. */
export function featuresOf(image: RgbImage): Float32Array {
  const grey = greyOf(image);
  const { mean, variance, skewness, kurtosis } = momentsOf(grey.values);
  const highest = grey.values.reduce((a, b) => Math.max(a, b), 0);
  const lowest = grey.values.reduce((a, b) => Math.min(a, b), 1);
  const gradient = momentsOf(gradientLengths(grey));
  const shapes = componentShapes(grey);
  return Float32Array.of(
    ...colourHistograms(image),
    variance,
    skewness,
    kurtosis,
    mean,
    Math.sqrt(variance),
    highest,
    lowest,
    gradient.mean,
    Math.sqrt(gradient.variance),
    shapes.area,
    shapes.perimeter,
    shapes.circularity,
    shapes.count,
    shapes.areaSd,
  );
}

/** The 62 features of a preprocessed field (its scale bar covered), measured at 150 x 150. */
export const extractFeatures = async (field: RgbImage): Promise<Float32Array> =>
  featuresOf(await resizeImage(field, SIDE, SIDE));
