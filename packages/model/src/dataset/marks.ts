import {
  AS_IT_LIES,
  frequenciesFrom,
  POSES,
  type Pose,
  placeIn,
  signsOf,
  wavesIn,
  weakest,
} from './landmark-poses.ts';
import { type Landmark, landmarksOf } from './landmarks.ts';

/**
 * What is kept of a landmark where no picture may be: its place, and on which side of 0 the waves around it are. It holds no
 * grey value, no colour, and of nothing finer than 14 pixels of a field of 224 whether it is there.
 */
export interface Mark {
  /** From the middle of the thumbnail, in its pixels. */
  readonly x: number;
  readonly y: number;
  /** Darker than all around it, or brighter. */
  readonly isDark: boolean;
  /** 27 bits: for each wave whether it is above 0. */
  readonly signs: number;
  /** The bits of the weakest waves, which may differ in a copy. */
  readonly unsure: number;
}

/** The two slopes too: turns are gone through one by one. */
const SIGNS = frequenciesFrom(1);
/** So many signs of a picture, those of the weakest waves, may differ in a copy. */
const UNSURE = 6;

/** The marks of a thumbnail, one a landmark: about 16 of a field. */
export const marksOf = (thumbnail: Uint8Array): Mark[] =>
  landmarksOf(thumbnail).map((landmark) => markIn(landmark, AS_IT_LIES));

/** Its marks in each of the eight turns. */
export function marksInTurns(thumbnail: Uint8Array): Mark[][] {
  const landmarks = landmarksOf(thumbnail);
  return POSES.map((pose) => landmarks.map((landmark) => markIn(landmark, pose)));
}

function markIn(landmark: Landmark, pose: Pose): Mark {
  const waves = wavesIn(landmark.waves, pose, SIGNS);
  const unsure = weakest(waves, UNSURE).reduce((bits, sign) => bits | (1 << sign), 0);
  return { ...placeIn(landmark, pose), isDark: landmark.isDark, signs: signsOf(waves), unsure };
}
