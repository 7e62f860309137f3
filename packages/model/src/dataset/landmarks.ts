import { THUMBNAIL } from './inspect.ts';

/** A place that the copies of a picture show too, wherever they were cut, and what it looks like there. */
export interface Landmark {
  /** From the middle of the thumbnail, in its pixels. */
  readonly x: number;
  readonly y: number;
  /** Darker than all around it, or brighter. */
  readonly isDark: boolean;
  /** Cosine transform of the grey values around it: row-major [`WAVES`, `WAVES`], frequencies down and across. */
  readonly waves: Float32Array;
}

/** Frequencies of a direction. */
export const WAVES = 7;
/** The square around a landmark reaches so far from it: 40 pixels of a 224-pixel field, about two cells. */
const REACH = 10;
const SIDE = 2 * REACH + 1;
/** Two means over 5 x 5: what JPEG and the places of the pixels change is gone. */
const BLUR = 2;
/** A landmark is the darkest or brightest so far around. */
const AROUND = 2;

const COSINES = Array.from({ length: WAVES }, (_, k) =>
  Float32Array.from({ length: SIDE }, (_, x) => Math.cos((Math.PI * k * (x + 0.5)) / SIDE)),
);
const MIDDLE = (THUMBNAIL - 1) / 2;

/** The landmarks of a thumbnail, those apart whose square would reach beyond its border: about 18 of a field of cells. */
export function landmarksOf(thumbnail: Uint8Array): Landmark[] {
  const smooth = blurred(blurred(Float32Array.from(thumbnail)));
  const found: Landmark[] = [];
  for (let y = REACH; y < THUMBNAIL - REACH; y++)
    for (let x = REACH; x < THUMBNAIL - REACH; x++) {
      const extreme = extremeAt(smooth, x, y);
      if (!extreme) continue;
      const waves = wavesAt(thumbnail, x, y);
      found.push({ x: x - MIDDLE, y: y - MIDDLE, isDark: extreme === 'dark', waves });
    }
  return found;
}

/** Means over squares of 5 x 5 of a thumbnail, the border repeated. */
export function blurred(values: Float32Array): Float32Array {
  return across(across(values, THUMBNAIL, 1), 1, THUMBNAIL);
}

/** Means along one direction; `line` and `step` are the distances between lines and along them. */
function across(values: Float32Array, line: number, step: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let start = 0; start < THUMBNAIL * line; start += line)
    for (let i = 0; i < THUMBNAIL; i++) {
      let sum = 0;
      for (let j = i - BLUR; j <= i + BLUR; j++)
        sum += values[start + step * Math.min(THUMBNAIL - 1, Math.max(0, j))] ?? 0;
      out[start + step * i] = sum / (2 * BLUR + 1);
    }
  return out;
}

function extremeAt(smooth: Float32Array, x: number, y: number): 'dark' | 'bright' | null {
  const own = smooth[y * THUMBNAIL + x] ?? 0;
  let [isDark, isBright] = [true, true];
  for (let v = y - AROUND; v <= y + AROUND; v++)
    for (let u = x - AROUND; u <= x + AROUND; u++) {
      if (u === x && v === y) continue;
      const other = smooth[v * THUMBNAIL + u] ?? 0;
      isDark &&= other > own;
      isBright &&= other < own;
      if (!isDark && !isBright) return null;
    }
  return isDark ? 'dark' : 'bright';
}

function wavesAt(thumbnail: Uint8Array, x: number, y: number): Float32Array {
  const rows = new Float32Array(SIDE * WAVES);
  for (let v = 0; v < SIDE; v++) {
    const start = (y - REACH + v) * THUMBNAIL + x - REACH;
    for (let k = 0; k < WAVES; k++) {
      let sum = 0;
      for (let u = 0; u < SIDE; u++) sum += (thumbnail[start + u] ?? 0) * (COSINES[k]?.[u] ?? 0);
      rows[v * WAVES + k] = sum;
    }
  }
  const waves = new Float32Array(WAVES ** 2);
  for (let down = 0; down < WAVES; down++)
    for (let k = 0; k < WAVES; k++) {
      let sum = 0;
      for (let v = 0; v < SIDE; v++) sum += (rows[v * WAVES + k] ?? 0) * (COSINES[down]?.[v] ?? 0);
      waves[down * WAVES + k] = sum;
    }
  return waves;
}
