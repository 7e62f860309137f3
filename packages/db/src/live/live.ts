import type { LiveEvent } from '@blastwise/contracts';
import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';

/** Tells listeners once the transaction commits. Query functions do it themselves. */
export async function notifyLive(tx: Queryable, event: LiveEvent): Promise<void> {
  return unbuilt(tx, event);
}

export interface LiveListener {
  close(): Promise<void>;
}

/**
 * Listens on a connection of its own, reconnecting by itself. `onReconnect` says that events may have been missed,
 * so that whoever shows something should read it anew.
 */
export async function listenLive(
  url: string,
  onEvent: (event: LiveEvent) => void,
  options?: { onReconnect?: () => void; onError?: (error: unknown) => void },
): Promise<LiveListener> {
  return unbuilt(url, onEvent, options);
}
