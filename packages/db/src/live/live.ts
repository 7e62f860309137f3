import { LIVE_CHANNEL, type LiveEvent, liveEventSchema } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Queryable } from '../client.ts';

/** Tells listeners once the transaction commits. Query functions do it themselves. */
export async function notifyLive(tx: Queryable, event: LiveEvent): Promise<void> {
  await tx.execute(sql`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(event)})`);
}

export interface LiveListener {
  close(): Promise<void>;
}

export interface ListenOptions {
  /** The connection was lost and is back: events may have been missed, so read anew what is shown. */
  readonly onReconnect?: () => void;
  readonly onError?: (error: unknown) => void;
}

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5000;

/** Listens on a connection of its own; waits for the first one, and reconnects by itself ever after. */
export async function listenLive(
  url: string,
  onEvent: (event: LiveEvent) => void,
  options: ListenOptions = {},
): Promise<LiveListener> {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'blastwise live',
      keepAlive: true,
    });
    // Both may be said of one loss; the first one counts.
    const lost = (error?: unknown) => {
      if (client !== next) return;
      client = undefined;
      if (error !== undefined) options.onError?.(error);
      retry(FIRST_RETRY_MS);
    };
    next.on('error', lost);
    next.on('end', () => lost());
    next.on('notification', ({ payload }) => {
      const event = liveEventSchema.safeParse(parseJson(payload ?? ''));
      if (event.success) onEvent(event.data);
    });
    await next.connect();
    await next.query(`listen ${LIVE_CHANNEL}`);
    client = next;
  }

  function retry(delayMs: number): void {
    if (closed) return;
    timer = setTimeout(() => {
      connect().then(
        () => (closed ? void client?.end() : options.onReconnect?.()),
        (error: unknown) => {
          options.onError?.(error);
          retry(Math.min(delayMs * 2, LAST_RETRY_MS));
        },
      );
    }, delayMs);
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
