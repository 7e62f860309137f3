import {
  frequenciesFrom,
  type Place,
  type Pose,
  placeIn,
  signsOf,
  wavesIn,
  weakest,
} from './landmark-poses.ts';
import { type Landmark, WAVES } from './landmarks.ts';

/** Signs of all frequencies whose sum is 2 to 6; the lowest two say how a landmark is held. */
const SIGNS = frequenciesFrom(2);
/** So many signs, those of the weakest waves, may differ in a copy. */
const UNSURE = 6;
/** A slope below this share of both together may point either way in a copy. */
const LEVEL = 0.15;

/** A landmark stands upright where it is brighter to the left than to the right, to the top than below, and more so to the left. */
export function upright(landmark: Landmark): Place & { readonly key: number } {
  const pose = poseOf(landmark.waves);
  return { ...placeIn(landmark, pose), key: keyOf(landmark, wavesIn(landmark.waves, pose, SIGNS)) };
}

/** A way in which a copy of a landmark may stand upright, and every key that it may have there. */
export interface Reading extends Place {
  readonly keys: readonly number[];
}

export const readingsOf = (landmark: Landmark): Reading[] =>
  posesOf(landmark.waves).map((pose) => {
    const waves = wavesIn(landmark.waves, pose, SIGNS);
    const unsure = weakest(waves, UNSURE).map((sign) => 1 << sign);
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

/** What a landmark looks like, as a number of 26 bits: its signs, and whether it is dark. */
function keyOf({ isDark }: Landmark, waves: Float32Array): number {
  const signs = signsOf(waves);
  return isDark ? signs | (1 << SIGNS.length) : signs;
}
