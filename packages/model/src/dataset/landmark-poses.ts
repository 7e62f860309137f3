import { type Landmark, WAVES } from './landmarks.ts';

/** How a landmark is held: mirrored left-right, top-bottom, then along the diagonal. */
export interface Pose {
  readonly mirrorX: boolean;
  readonly mirrorY: boolean;
  readonly transposed: boolean;
}

/** As it lies. */
export const AS_IT_LIES: Pose = { mirrorX: false, mirrorY: false, transposed: false };

const EITHER = [false, true] as const;

/** The eight turns of a square. */
export const POSES: readonly Pose[] = EITHER.flatMap((transposed) =>
  EITHER.flatMap((mirrorY) => EITHER.map((mirrorX) => ({ mirrorX, mirrorY, transposed }))),
);

/** The place of a landmark, turned with it. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export function placeIn({ x, y }: Landmark, { mirrorX, mirrorY, transposed }: Pose): Place {
  const [across, down] = [mirrorX ? -x : x, mirrorY ? -y : y];
  return transposed ? { x: down, y: across } : { x: across, y: down };
}

/** Across and down. */
export type Frequency = readonly [number, number];

/** All frequencies whose sum is `from` or more and below `WAVES`. */
export const frequenciesFrom = (from: number): Frequency[] =>
  Array.from({ length: WAVES ** 2 }, (_, i): Frequency => [i % WAVES, Math.floor(i / WAVES)]).filter(
    ([u, v]) => u + v >= from && u + v < WAVES,
  );

/** Waves as they are in a pose: a mirror turns the sign of the odd frequencies, a diagonal exchanges them. */
export function wavesIn(
  waves: Float32Array,
  { mirrorX, mirrorY, transposed }: Pose,
  frequencies: readonly Frequency[],
): Float32Array {
  return Float32Array.from(frequencies, ([u, v]) => {
    const [across, down] = transposed ? [v, u] : [u, v];
    const isNegative = (mirrorX && across % 2 === 1) !== (mirrorY && down % 2 === 1);
    const wave = waves[down * WAVES + across] ?? 0;
    return isNegative ? -wave : wave;
  });
}

/** The places of the weakest waves: in a copy they may point the other way. */
export const weakest = (waves: Float32Array, count: number): number[] =>
  [...waves.keys()].sort((a, b) => Math.abs(waves[a] ?? 0) - Math.abs(waves[b] ?? 0)).slice(0, count);

/** A number whose bits say which waves are above 0. */
export const signsOf = (waves: Float32Array): number =>
  waves.reduce((bits, wave, i) => (wave > 0 ? bits | (1 << i) : bits), 0);
