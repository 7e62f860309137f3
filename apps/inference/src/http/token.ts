import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@blastwise/contracts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Checks an `authorization: Bearer` header in constant time; DomainError UNAUTHENTICATED if it does not hold the token. */
export function createTokenCheck(token: string): (authorization: string | undefined) => void {
  const expected = digest(token);
  return (authorization) => {
    const [, given = ''] = /^bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    // Digests have one length, so that neither content nor length of the token shows in the time taken.
    if (!timingSafeEqual(digest(given), expected)) {
      throw new DomainError('UNAUTHENTICATED', 'Give the service token.');
    }
  };
}
