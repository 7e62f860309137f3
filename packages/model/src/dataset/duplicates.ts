import { bestShift } from './correlate.ts';
import { THUMBNAIL } from './inspect.ts';
import { LandmarkIndex } from './landmark-index.ts';
import { landmarksOf } from './landmarks.ts';
import { TURNS, type Turn, turn } from './turns.ts';

/** What the search needs of a field; {@link InspectedField} has it. */
export interface Fingerprint {
  path: string;
  sha256: string;
  pixels: string;
  quantiles: Float32Array;
  thumbnail: Uint8Array;
}

/** Two fields that show the same cells. */
export interface DuplicatePair {
  /** Indices of the two fields, `a < b`. */
  a: number;
  b: number;
  /** Same bytes, same decoded pixels, or the same picture flipped, turned, shifted or encoded again. */
  kind: 'bytes' | 'pixels' | 'near';
  turn: Turn;
  /** Correlation of the grey thumbnails where they overlap, 0..1. */
  correlation: number;
}

/** Side of the coarse thumbnails, one cell 16 pixels of a 224-pixel field. */
const COARSE = 14;
/** Largest difference of a colour quantile of one picture, shifted or encoded again, of 255. */
const SAME_COLOUR = 6;
/** On 2,738 fields of the Taleqani set unrelated pairs stay below 0.55 coarsely and 0.5 finely. */
const COARSE_MATCH = 0.5;
const FINE_MATCH = 0.75;
/** Fine steps, of 4 pixels, around the best coarse shift. */
const FINE_REACH = 3;

/**
 * Every pair of near-duplicates: copies, flips and turns, re-encodings, shifts up to about a tenth of the side.
 * Fields that share a landmark and like colours are compared coarsely under 8 turns and 9 shifts, and verified finely.
 * `onField` is called once per field. Of interest are the pairs that `isAsked` names; all by default.
 */
export function findDuplicates(
  fields: readonly Fingerprint[],
  onField: () => void = () => {},
  isAsked: (a: number, b: number) => boolean = () => true,
): DuplicatePair[] {
  const index = new LandmarkIndex();
  const samePixels = new Map<string, number[]>();
  const pairs: DuplicatePair[] = [];
  for (const [a, field] of [...fields.entries()].reverse()) {
    const landmarks = landmarksOf(field.thumbnail);
    const same = samePixels.get(field.pixels) ?? [];
    samePixels.set(field.pixels, same);
    const isLike = likenessTo(field);
    for (const b of new Set([...same, ...index.like(landmarks)])) {
      const other = fields[b];
      const match = other && isAsked(a, b) && (sameContent(field, other) ?? isLike(other));
      if (match) pairs.push({ a, b, ...match });
    }
    index.add(a, landmarks);
    same.push(a);
    onField();
  }
  return pairs.sort((p, q) => p.a - q.a || p.b - q.b);
}

type Match = Omit<DuplicatePair, 'a' | 'b'>;

function sameContent(a: Fingerprint, b: Fingerprint): Match | null {
  if (a.pixels !== b.pixels) return null;
  return { kind: a.sha256 === b.sha256 ? 'bytes' : 'pixels', turn: 'none', correlation: 1 };
}

/** Compares others with a field, whose turns are made once and only where they are needed. */
function likenessTo(field: Fingerprint): (other: Fingerprint) => Match | null {
  let turned: Float32Array[] | undefined;
  return (other) => {
    if (!sameColours(field.quantiles, other.quantiles)) return null;
    turned ??= turnsOf(field);
    return nearMatch(field, turned, other);
  };
}

function turnsOf({ thumbnail }: Fingerprint): Float32Array[] {
  const coarse = coarseOf(thumbnail);
  return TURNS.map((name) => padded(turn(coarse, name)));
}

function nearMatch(a: Fingerprint, turned: readonly Float32Array[], b: Fingerprint): Match | null {
  const coarse = coarseMatch(turned, coarseOf(b.thumbnail));
  if (coarse.correlation < COARSE_MATCH) return null;
  const name = TURNS[coarse.turn] ?? 'none';
  const { correlation } = bestShift(
    Float32Array.from(b.thumbnail),
    turn(Float32Array.from(a.thumbnail), name),
    coarse.shift,
    FINE_REACH,
  );
  return correlation < FINE_MATCH ? null : { kind: 'near', turn: name, correlation };
}

/** In each channel at least half of the quantiles agree; the others may be of what was shifted in. */
function sameColours(a: Float32Array, b: Float32Array): boolean {
  const perChannel = a.length / 3;
  for (let start = 0; start < a.length; start += perChannel) {
    let close = 0;
    for (let q = start; q < start + perChannel; q++)
      if (Math.abs((a[q] ?? 0) - (b[q] ?? 0)) <= SAME_COLOUR) close++;
    if (2 * close < perChannel) return false;
  }
  return true;
}

/** Block means of a thumbnail, less their mean, scaled to length 1 (all 0 for a flat field). */
function coarseOf(thumbnail: Uint8Array): Float32Array {
  const block = THUMBNAIL / COARSE;
  const out = new Float32Array(COARSE ** 2);
  thumbnail.forEach((value, i) => {
    const y = Math.floor(i / THUMBNAIL / block);
    const cell = y * COARSE + Math.floor((i % THUMBNAIL) / block);
    out[cell] = (out[cell] ?? 0) + value;
  });
  const mean = out.reduce((sum, value) => sum + value, 0) / out.length;
  const length = Math.sqrt(out.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return out.map((value) => (length === 0 ? 0 : (value - mean) / length));
}

const PADDED = COARSE + 2;

/** A border of zeros, so that shifts by one cell need no bounds. */
function padded(square: Float32Array): Float32Array {
  const out = new Float32Array(PADDED ** 2);
  for (let y = 0; y < COARSE; y++)
    out.set(square.subarray(y * COARSE, (y + 1) * COARSE), (y + 1) * PADDED + 1);
  return out;
}

/** The turn and the shift (in fine steps) of `turned` that correlate best with `target`. */
function coarseMatch(turned: readonly Float32Array[], target: Float32Array) {
  let best = { correlation: -1, turn: 0, shift: [0, 0] as readonly [number, number] };
  turned.forEach((square, index) => {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const correlation = shiftedProduct(square, target, dx, dy);
        if (correlation > best.correlation) {
          const step = THUMBNAIL / COARSE;
          best = { correlation, turn: index, shift: [dx * step, dy * step] };
        }
      }
    }
  });
  return best;
}

function shiftedProduct(square: Float32Array, target: Float32Array, dx: number, dy: number): number {
  let sum = 0;
  let i = 0;
  for (let y = 0; y < COARSE; y++) {
    let j = (y + 1 - dy) * PADDED + 1 - dx;
    for (let x = 0; x < COARSE; x++) sum += (target[i++] ?? 0) * (square[j++] ?? 0);
  }
  return sum;
}
