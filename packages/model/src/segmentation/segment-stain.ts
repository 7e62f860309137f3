import type { RgbImage } from '../images/index.ts';
import { connectedComponents, fillHoles, keepComponents } from './components.ts';
import { countCells } from './count-cells.ts';
import { CHAMFER_UNIT, chamferDistance } from './distance.ts';
import { openMask } from './morphology.ts';
import { otsuBin } from './otsu.ts';
import { smooth, stainChannels } from './stain.ts';

export interface WhiteCellMasks {
  /** Whole white cells, nucleus and cytoplasm; one byte a pixel, 0 or 1. */
  readonly cell: Uint8Array;
  /** Their nuclei. */
  readonly nucleus: Uint8Array;
}

const BINS = 128;
/** Purple beyond this density counts as this much, or dark lymphocytes would hide pale blasts from Otsu. */
const SATURATED = 0.3;
const FAINTEST = 0.07;
const STRONGEST = 0.14;

function purpleThreshold(purple: Float32Array): number {
  const histogram = new Uint32Array(BINS);
  for (const value of purple) {
    const bin = Math.floor((Math.min(Math.max(value, 0), SATURATED) / SATURATED) * (BINS - 1));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const threshold = (otsuBin(histogram) / (BINS - 1)) * SATURATED;
  return Math.min(Math.max(threshold, FAINTEST), STRONGEST);
}

const quantile = (values: number[], share: number): number => {
  values.sort((a, b) => a - b);
  return values[Math.floor(share * (values.length - 1))] ?? 0;
};

export function segmentStain(field: RgbImage): WhiteCellMasks {
  const { width, height } = field;
  const area = width * height;
  const side = Math.sqrt(area);
  const channels = stainChannels(field);
  const purple = smooth(channels.purple, width, height);
  const green = smooth(channels.green, width, height);
  const blue = smooth(channels.blue, width, height);
  const threshold = purpleThreshold(purple);
  const tidy = (mask: Uint8Array) =>
    keepComponents(
      connectedComponents(
        openMask(fillHoles(mask, width, height, area * 0.002), width, height, Math.round(side * 0.0134)),
        width,
        height,
      ),
      (c) => c.area >= area * 0.001,
    );
  const seeds = tidy(Uint8Array.from(purple, (value) => (value > threshold ? 1 : 0)));
  const near = chamferDistance(seeds, width, height, 1);
  const reach = side * 0.03 * CHAMFER_UNIT;
  const low = Math.max(0.04, threshold * 0.5);
  let body = tidy(Uint8Array.from(purple, (value, i) => ((near[i] ?? 0) <= reach && value > low ? 1 : 0)));
  // smudges
  const labels = countCells(body, width, height).labels;
  const rbc: number[] = [];
  for (let i = 0; i < area; i++)
    if ((near[i] ?? 0) > reach && (green[i] ?? 0) > 0.06) rbc.push(green[i] ?? 0);
  const p90 = rbc.length > area * 0.02 ? quantile(rbc, 0.9) : 0;
  const n = labels.reduce((m, l) => Math.max(m, l), 0);
  const st = Array.from({ length: n + 1 }, () => ({ n: 0, g: 0, r: 0 }));
  for (let i = 0; i < area; i++) {
    const s = st[labels[i] ?? 0];
    if (!s) continue;
    s.n++;
    s.g += green[i] ?? 0;
    s.r += channels.red[i] ?? 0;
  }
  const ratio = quantile(
    st.slice(1).map((s) => s.r / s.g),
    0.5,
  );
  const typical = quantile(
    st.slice(1).map((s) => s.g / s.n),
    0.5,
  );
  const keep = st.map((s) => {
    const g = s.g / s.n;
    if (g > p90) return 1;
    return g < 0.72 * p90 || (g < 0.76 * typical && s.r / s.g < 0.95 * ratio) ? 0 : 1;
  });
  keep[0] = 0;
  body = Uint8Array.from(labels, (l) => keep[l] ?? 0);
  // cytoplasm
  const white = blue.map((b, i) => b + (purple[i] ?? 0));
  const nearBody = chamferDistance(body, width, height, 1);
  const others: number[] = [];
  for (let i = 0; i < area; i += 3) if ((near[i] ?? 0) > reach) others.push(white[i] ?? 0);
  const tw = Math.max(0.08, quantile(others, 0.995));
  const grown = Uint8Array.from(body, (b, i) =>
    b || ((nearBody[i] ?? 0) <= 0.75 * reach && (white[i] ?? 0) > tw) ? 1 : 0,
  );
  const cell = tidy(grown);
  return { cell, nucleus: body };
}
