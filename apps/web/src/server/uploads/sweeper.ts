import type { Services } from '../services.ts';
import { logFailure } from '../shared/log.ts';

const HOUR_MS = 60 * 60_000;
/** Receipts are good for 12 hours; the rest is for clocks that disagree. */
const KEPT_MS = 24 * HOUR_MS;

/** Throws away uploads that nobody submitted within a day: now, and every hour as long as the process lives. */
export function startSweeper({ uploads }: Pick<Services, 'uploads'>): void {
  const sweep = (): void => {
    uploads.sweep(new Date(Date.now() - KEPT_MS)).catch((error: unknown) => logFailure('sweeper', error));
  };
  sweep();
  setInterval(sweep, HOUR_MS).unref();
}
