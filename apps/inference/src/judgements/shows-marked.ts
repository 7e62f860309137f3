import { setImmediate as breathe } from 'node:timers/promises';
import { type ImageFingerprint, likeMarks, type MarkedImage } from '@blastwise/model';

/** Some 10 ms, for which predictions wait. */
const AT_ONCE = 500;

/** Whether a picture shows one of the images of which landmarks alone are kept. @throws the signal's reason. */
export async function showsMarked(
  picture: Pick<ImageFingerprint, 'thumbnail'>,
  marked: readonly MarkedImage[],
  signal: AbortSignal,
): Promise<boolean> {
  for (let first = 0; first < marked.length; first += AT_ONCE) {
    await breathe();
    signal.throwIfAborted();
    if (likeMarks(picture, marked.slice(first, first + AT_ONCE)).length > 0) return true;
  }
  return false;
}
