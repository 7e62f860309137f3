const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in one unit: "now", "4 min", "3 h", "12 d". */
export function age(from: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(from));
  if (ms < MINUTE) return 'now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

const DATE_TIME = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const DATE_TIME_SECONDS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export const dateTime = (instant: string): string => DATE_TIME.format(new Date(instant));
export const exactTime = (instant: string): string => DATE_TIME_SECONDS.format(new Date(instant));

/** The same everywhere: "2026-11-27 20:14:05 UTC". */
export const utcTime = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
