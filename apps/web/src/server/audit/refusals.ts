import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';

export async function recordRefusal(
  _services: Services,
  _session: ActiveSession | null,
  _path: string,
): Promise<void> {}
