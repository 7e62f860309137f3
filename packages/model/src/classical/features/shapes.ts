import { connectedComponents, labelsOf } from '../../segmentation/components.ts';
import { type GreyImage, momentsOf } from './grey.ts';

/** A pixel belongs to a component where it is brighter than this. */
const BRIGHT = 0.5;

export interface ComponentShapes {
  readonly count: number;
  /** Mean and standard deviation of the areas, pixels. */
  readonly area: number;
  readonly areaSd: number;
  /** Mean outline, pixel edges. */
  readonly perimeter: number;
  /** Mean of 4 pi area / perimeter^2. */
  readonly circularity: number;
}

/** Pixel edges between each component and what is not of it, the border of the image included; by label from 1. */
function outlines(labels: Int32Array, width: number, height: number, count: number): Float64Array {
  const edges = new Float64Array(count + 1);
  const labelAt = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (labels[y * width + x] ?? 0);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const label = labelAt(x, y);
      if (label === 0) continue;
      for (const next of [labelAt(x - 1, y), labelAt(x + 1, y), labelAt(x, y - 1), labelAt(x, y + 1)])
        if (next !== label) edges[label] = (edges[label] ?? 0) + 1;
    }
  return edges;
}

/** The connected bright parts of a field, all 0 where there is none. */
export function componentShapes({ width, height, values }: GreyImage): ComponentShapes {
  const bright = Uint8Array.from(values, (value) => (value > BRIGHT ? 1 : 0));
  const components = connectedComponents(bright, width, height);
  const { list } = components;
  const edges = outlines(labelsOf(components), width, height, list.length);
  const perimeters = list.map(({ label }) => edges[label] ?? 0);
  const areas = momentsOf(list.map(({ area }) => area));
  const roundness = list.map(({ area }, i) => (4 * Math.PI * area) / (perimeters[i] ?? 1) ** 2);
  return {
    count: list.length,
    area: areas.mean,
    areaSd: Math.sqrt(areas.variance),
    perimeter: momentsOf(perimeters).mean,
    circularity: momentsOf(roundness).mean,
  };
}
