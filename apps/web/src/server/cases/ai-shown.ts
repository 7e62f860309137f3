import { hasReadImage, imageBlindness, serviceSettings } from '@blastwise/db';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';

interface Onlooker {
  readonly aiEnabled: boolean;
  readonly blindReview: boolean;
  /** Whether the reader has read the field; an admin, who reads none, never has. */
  readonly hasRead: boolean;
}

/** Whether somebody sees what the network says of a field: not with the AI off (R12), nor before their own reading where the review is blind (R13). */
export const aiShown = ({ aiEnabled, blindReview, hasRead }: Onlooker): boolean =>
  aiEnabled && (!blindReview || hasRead);

/** The same for one field by its identifier; false where there is none. */
export async function aiShownOf(
  { db }: Pick<Services, 'db'>,
  session: ActiveSession,
  imageId: string,
): Promise<boolean> {
  const [{ aiEnabled }, blindReview, hasRead] = await Promise.all([
    serviceSettings(db),
    imageBlindness(db, imageId),
    hasReadImage(db, { imageId, readerId: session.user.id }),
  ]);
  return blindReview !== null && aiShown({ aiEnabled, blindReview, hasRead });
}
