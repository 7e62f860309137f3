import { reasonOf } from '../shared/index.ts';

/** Where an error says that the session has ended: to the sign-in page, and back to `pathname` afterwards. */
export function leaveIfSignedOut(error: unknown, pathname: string): void {
  if (reasonOf(error) !== 'UNAUTHENTICATED') return;
  // A full load: nothing of the ended session stays in memory.
  window.location.assign(`/sign-in?ended=1&return=${encodeURIComponent(pathname)}`);
}
