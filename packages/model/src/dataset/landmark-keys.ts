import { type Landmark, WAVES } from './landmarks.ts';

/** How a landmark is held: mirrored left-right, top-bottom, then along the diagonal. All of them are the eight turns of a square. */
interface Pose {
  readonly mirrorX: boolean;
  readonly mirrorY: boolean;
  readonly transposed: boolean;
}

/** The place of a landmark, turned with it. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** Signs of all frequencies whose sum is 2 to 6; the lowest two say how a landmark is held. */
const SIGNS = Array.from(
  { length: WAVES ** 2 },
  (_, i) => [i % WAVES, Math.floor(i / WAVES)] as const,
).filter(([u, v]) => u + v >= 2 && u + v < WAVES);
/** So many signs, those of the weakest waves, may differ in a copy. */
const UNSURE = 6;
/** A slope below this share of both together may point either way in a copy. */
const LEVEL = 0.15;

/** A landmark stands upright where it is brighter to the left than to the right, to the top than below, and more so to the left. */
export function upright(landmark: Landmark): Place & { readonly key: number } {
  const pose = poseOf(landmark.waves);
  return { ...placeIn(landmark, pose), key: keyOf(landmark, wavesIn(landmark.waves, pose)) };
}

/** A way in which a copy of a landmark may stand upright, and every key that it may have there. */
export interface Reading extends Place {
  readonly keys: readonly number[];
}

export const readingsOf = (landmark: Landmark): Reading[] =>
  posesOf(landmark.waves).map((pose) => {
    const waves = wavesIn(landmark.waves, pose);
    const unsure = [...SIGNS.keys()]
      .sort((a, b) => Math.abs(waves[a] ?? 0) - Math.abs(waves[b] ?? 0))
      .slice(0, UNSURE)
      .map((sign) => 1 << sign);
    const keys = unsure.reduce(
      (known, bit) => known.concat(known.map((key) => key ^ bit)),
      [keyOf(landmark, waves)],
    );
    return { ...placeIn(landmark, pose), keys };
  });

/** Slopes across and down. */
const slopes = (waves: Float32Array): readonly [number, number] => [waves[1] ?? 0, waves[WAVES] ?? 0];

function poseOf(waves: Float32Array): Pose {
  const [across, down] = slopes(waves);
  return { mirrorX: across < 0, mirrorY: down < 0, transposed: Math.abs(down) > Math.abs(across) };
}

function posesOf(waves: Float32Array): Pose[] {
  const [across, down] = slopes(waves);
  const level = LEVEL * Math.hypot(across, down);
  const { mirrorX, mirrorY, transposed } = poseOf(waves);
  const either = (value: boolean, isSure: boolean): boolean[] => (isSure ? [value] : [value, !value]);
  return either(mirrorX, Math.abs(across) >= level).flatMap((x) =>
    either(mirrorY, Math.abs(down) >= level).flatMap((y) =>
      either(transposed, Math.abs(Math.abs(across) - Math.abs(down)) >= Math.SQRT2 * level).map((t) => ({
        mirrorX: x,
        mirrorY: y,
        transposed: t,
      })),
    ),
  );
}

/** What `SIGNS` names, as it is in a pose: a mirror turns the sign of the odd frequencies, a diagonal exchanges them. */
function wavesIn(waves: Float32Array, { mirrorX, mirrorY, transposed }: Pose): Float32Array {
  return Float32Array.from(SIGNS, ([u, v]) => {
    const [across, down] = transposed ? [v, u] : [u, v];
    const isNegative = (mirrorX && across % 2 === 1) !== (mirrorY && down % 2 === 1);
    const wave = waves[down * WAVES + across] ?? 0;
    return isNegative ? -wave : wave;
  });
}

/** What a landmark looks like, as a number of 26 bits: its signs, and whether it is dark. */
function keyOf({ isDark }: Landmark, waves: Float32Array): number {
  const signs = waves.reduce((bits, wave, sign) => (wave > 0 ? bits | (1 << sign) : bits), 0);
  return isDark ? signs | (1 << SIGNS.length) : signs;
}

function placeIn({ x, y }: Landmark, { mirrorX, mirrorY, transposed }: Pose): Place {
  const [across, down] = [mirrorX ? -x : x, mirrorY ? -y : y];
  return transposed ? { x: down, y: across } : { x: across, y: down };
}
