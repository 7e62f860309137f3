import { reasonOf } from '../shared/index.ts';

let leaving = false;

/** Where an error says that the session has ended: to the sign-in page, and back to `pathname` afterwards. */
export function leaveIfSignedOut(error: unknown, pathname: string): void {
  // Several queries may fail at once, and a second load would break off the first.
  if (leaving || reasonOf(error) !== 'UNAUTHENTICATED') return;
  leaving = true;
  // A full load: nothing of the ended session stays in memory.
  window.location.assign(`/sign-in?ended=1&return=${encodeURIComponent(pathname)}`);
}
