import type { WorkStatus } from './schemas.ts';

/** With the AI off a status says only whether somebody has read: waiting, failing and deferring are the network's. */
export const shownStatus = (status: WorkStatus, aiEnabled: boolean): WorkStatus =>
  aiEnabled || status === 'corrected' ? status : 'unread';
