import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { takeOwnership } from './ownership.ts';
import { ownerUrlOf, type Place } from './place.ts';
import { launch, type RunningServer, runningServer, shutDown } from './server.ts';

/** A server that this process owns and starts again when it dies. */
export interface Guard {
  /** The server as it runs now. */
  current(): RunningServer;
  stop(): Promise<void>;
}

/** A killed owner's connection is gone within moments; a living one stays. */
const PATIENCE_MS = 1500;
const RETRY_MS = 1000;

/** The ownership of a running server, or null when another process has it. */
export const ownershipOf = (place: Place, server: RunningServer): Promise<pg.Client | null> =>
  takeOwnership(ownerUrlOf(place, server.port, 'postgres'), PATIENCE_MS);

/**
 * Keeps `server` running on its port until `stop`. Should short work beside the product come first after a crash, with a
 * server of its own, the product's follows once that work has ended.
 */
export function guard(place: Place, server: RunningServer, owner: pg.Client, durable: boolean): Guard {
  let running = server;
  let held = owner;
  let stopping = false;
  let revival: Promise<void> = Promise.resolve();

  /** False where another process owns the server that runs now. */
  async function revived(): Promise<boolean> {
    const found = (await runningServer(place)) ?? (await launch(place, server.port, durable));
    const taken = await ownershipOf(place, found);
    if (taken === null) return false;
    if (found.port === server.port) {
      running = found;
      watch(taken);
      return true;
    }
    // Whoever uses the server knows it by its port.
    await taken.end();
    await shutDown(found.pid);
    return revived();
  }

  async function revive(): Promise<void> {
    // Disk full, memory short, short work beside us: what stands in the way may pass.
    while (!stopping && !(await revived().catch(() => false))) await sleep(RETRY_MS);
  }

  function watch(connection: pg.Client): void {
    held = connection;
    // The server's end closes the connection that the ownership hangs on.
    connection.once('end', () => {
      if (!stopping) revival = revive();
    });
  }

  watch(owner);
  // A process that ends without `stop` takes its server along; one that is killed leaves it to the next start.
  const atExit = () => {
    try {
      process.kill(running.pid, 'SIGINT');
    } catch {
      // Gone already.
    }
  };
  process.once('exit', atExit);
  return {
    current: () => running,
    async stop() {
      stopping = true;
      await revival;
      await held.end().catch(() => undefined);
      await shutDown(running.pid);
      process.off('exit', atExit);
    },
  };
}
