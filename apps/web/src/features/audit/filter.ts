import type { RouterInputs } from '../../trpc/types.ts';

/** What is looked for, as chosen; empty: no matter. */
export interface AuditFilter {
  /** An action, or how it begins. */
  readonly action: string;
  /** A user, or the service itself. */
  readonly actor: string;
  /** Days of this browser's time zone, "2026-11-28", both included. */
  readonly from: string;
  readonly to: string;
}

export const NO_FILTER: AuditFilter = { action: '', actor: '', from: '', to: '' };

/** The service itself, and calls of nobody who was signed in. */
export const NOBODY = 'nobody';

/** The start of the day that comes so many days after one, as an instant; undefined for what is no day. */
function startOf(day: string, after = 0): string | undefined {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + after);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

/** The filter as the trail is asked for it. */
export function toQuery({ action, actor, from, to }: AuditFilter): RouterInputs['audit']['list'] {
  const [since, before] = [startOf(from), startOf(to, 1)];
  return {
    ...(action.trim() ? { action: action.trim() } : {}),
    ...(actor ? { actorId: actor === NOBODY ? null : actor } : {}),
    ...(since ? { since } : {}),
    ...(before ? { before } : {}),
  };
}
