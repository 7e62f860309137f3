import type { Role } from '@blastwise/contracts';

/** A session that stands: not ended, not idle too long, its user not disabled. */
export interface ActiveSession {
  id: string;
  user: { id: string; email: string; name: string; role: Role };
  createdAt: Date;
  expiresAt: Date;
}
