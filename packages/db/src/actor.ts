import type { Role } from '@blastwise/contracts';

/** A signed-in person. Every change names one. */
export interface UserActor {
  readonly id: string;
  readonly role: Role;
}

/** The service itself, or someone at the server's own command line. */
export interface SystemActor {
  readonly id: null;
  readonly role: 'system';
}

export type Actor = UserActor | SystemActor;

export const SYSTEM: SystemActor = { id: null, role: 'system' };
