import type { WorkStatus } from './schemas.ts';

/**
 * Where the AI is hidden a status says only whether somebody has read, and, unless the AI is off, that an analysis failed:
 * that says nothing of the field, and somebody must ask for it again.
 */
export const shownStatus = (
  status: WorkStatus,
  { aiEnabled, shown }: { readonly aiEnabled: boolean; readonly shown: boolean },
): WorkStatus => (shown || status === 'corrected' || (aiEnabled && status === 'failed') ? status : 'unread');
