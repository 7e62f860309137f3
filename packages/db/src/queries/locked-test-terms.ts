import { DomainError, LOCKED_TEST_LARGEST_BUDGET, type LockedTestImage } from '@blastwise/contracts';
import type { LockedTestSetRow } from '../rows.ts';

/** @throws DomainError BAD_INPUT for a budget among which the gate cannot share its alpha. */
export function requireBudget(budget: number): void {
  if (Number.isSafeInteger(budget) && budget >= 1 && budget <= LOCKED_TEST_LARGEST_BUDGET) return;
  throw new DomainError(
    'BAD_INPUT',
    `A locked test set allows 1 to ${LOCKED_TEST_LARGEST_BUDGET} judgements, not ${budget}: shared by more, no gain could be proven to the gate.`,
  );
}

/**
 * An image in a second set could be judged on as often again, past the budget of the first.
 *
 * @throws DomainError CONFLICT where one of the images is in one of the sets.
 */
export function refuseOverlap(
  sets: readonly Pick<LockedTestSetRow, 'name' | 'images'>[],
  images: readonly LockedTestImage[],
): void {
  const hashesOf = ({ blobSha256, fileSha256 = blobSha256 }: LockedTestImage) => [blobSha256, fileSha256];
  for (const { name, images: own } of sets) {
    const known = new Set(own?.flatMap(hashesOf));
    const shared = images.filter((image) => hashesOf(image).some((hash) => known.has(hash))).length;
    if (shared > 0)
      throw new DomainError(
        'CONFLICT',
        `${shared} of the ${images.length} images ${shared === 1 ? 'is' : 'are'} in the locked test set ${name}, which counts every use of them: judge on that set, or leave them out here.`,
      );
  }
}
