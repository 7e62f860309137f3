import { DomainError } from '@blastwise/contracts';
import { fieldDigest, recentSignInFailures, recordSignInAttempt } from '@blastwise/db';
import type { Services } from '../services.ts';
import { atMost } from '../shared/at-most.ts';

export const ATTEMPT_LIMITS = { windowMinutes: 15, perAccount: 8, perAddress: 40 } as const;

/** A try at a password: whose it is, and where it comes from. */
export interface Attempt {
  /** An e-mail address, or the session whose user types the password again. */
  account: string;
  address: string;
}

/** One after the other: attempts that come together must see each other's failures. */
const inTurn = atMost(1);

const digests = ({ auditKey }: Pick<Services, 'auditKey'>, { account, address }: Attempt) => ({
  emailDigest: fieldDigest(auditKey, 'email', account.toLowerCase()),
  ipDigest: fieldDigest(auditKey, 'ip', address),
});

/**
 * Counts a try at a password, before it is checked, as failed.
 * @throws DomainError RATE_LIMITED when the account or the address has failed too often in the last minutes.
 */
export function beginAttempt(services: Pick<Services, 'db' | 'auditKey'>, attempt: Attempt): Promise<void> {
  return inTurn(async () => {
    const keys = digests(services, attempt);
    const { windowMinutes, perAccount, perAddress } = ATTEMPT_LIMITS;
    const failures = await recentSignInFailures(services.db, { ...keys, windowMinutes });
    if (failures.byEmail >= perAccount || failures.byIp >= perAddress) {
      throw new DomainError(
        'RATE_LIMITED',
        `Too many wrong passwords. Try again in ${windowMinutes} minutes.`,
      );
    }
    await recordSignInAttempt(services.db, { ...keys, ok: false });
  });
}

/** The password was right: earlier failures no longer count. */
export const attemptSucceeded = (
  services: Pick<Services, 'db' | 'auditKey'>,
  attempt: Attempt,
): Promise<void> => recordSignInAttempt(services.db, { ...digests(services, attempt), ok: true });
