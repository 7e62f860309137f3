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

/** Keeps `server` running on its port until `stop`, unless another process has come to own it meanwhile. */
export function guard(place: Place, server: RunningServer, owner: pg.Client, durable: boolean): Guard {
  let running = server;
  let held = owner;
  let stopping = false;
  let revival: Promise<void> = Promise.resolve();

  async function revive(): Promise<void> {
    while (!stopping) {
      try {
        running = (await runningServer(place)) ?? (await launch(place, running.port, durable));
        const taken = await ownershipOf(place, running);
        if (taken) watch(taken);
        return;
      } catch {
        // Disk full, memory short: what stands in the way may pass.
        await sleep(RETRY_MS);
      }
    }
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
