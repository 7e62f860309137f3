import type { AdjudicatedImage, ReceivedField } from '@blastwise/db';
import { evenSelection } from '@blastwise/model/gate';

/** The settled fields without those that are too many because the answer for them was taken for wrong. */
export function evenlySettled(
  settled: readonly AdjudicatedImage[],
  received: readonly ReceivedField[],
): AdjudicatedImage[] {
  const receptions = new Map(received.map(({ imageId, reception }) => [imageId, reception]));
  const isKept = evenSelection(received);
  return settled.filter(({ imageId, caseId }) => {
    const reception = receptions.get(imageId);
    return reception !== undefined && isKept(caseId, reception);
  });
}
