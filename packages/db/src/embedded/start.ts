import { DomainError } from '@blastwise/contracts';
import type pg from 'pg';
import { APP_ROLE } from '../migrate/roles.ts';
import { initialise } from './initialise.ts';
import { ensureDatabase, takeOwnership } from './ownership.ts';
import { appUrlOf, ownerUrlOf, type Place, preparePlace } from './place.ts';
import { launch, type RunningServer, runningServer, shutDown } from './server.ts';

export interface EmbeddedServer {
  /** Superuser of the cluster: migrates. */
  readonly ownerUrl: string;
  /** The role `blastwise_app`; usable once `migrate(ownerUrl, { appPassword })` has run. */
  readonly appUrl: string;
  readonly appPassword: string;
  readonly port: number;
  /** Process of the server, for fault tests. */
  readonly pid: number;
  /** Fast shutdown; the data stay. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Holds the cluster, its passwords and its log; made when missing. */
  readonly dataDir: string;
  /** A free one when missing. */
  readonly port?: number;
  /** False gives up crash safety for speed: tests only. */
  readonly durable?: boolean;
}

/** A killed owner's connection is gone within moments; a living one stays. */
const OWNER_PATIENCE_MS = 1500;

function described(place: Place, server: RunningServer, stop: () => Promise<void>): EmbeddedServer {
  return {
    ownerUrl: ownerUrlOf(place, server.port),
    appUrl: appUrlOf(place, server.port, APP_ROLE),
    appPassword: place.secrets.appPassword,
    port: server.port,
    pid: server.pid,
    stop,
  };
}

function owned(place: Place, server: RunningServer, owner: pg.Client): EmbeddedServer {
  // A process that ends without `stop` takes its server along; one that is killed leaves it to the next start.
  const atExit = () => {
    try {
      process.kill(server.pid, 'SIGINT');
    } catch {
      // Gone already.
    }
  };
  process.once('exit', atExit);
  return described(place, server, async () => {
    await owner.end().catch(() => undefined);
    await shutDown(server.pid);
    process.off('exit', atExit);
  });
}

async function own(place: Place, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const durable = options.durable ?? true;
  await initialise({ ...place, ownerPassword: place.secrets.ownerPassword, durable });
  const found = (await runningServer(place)) ?? (await launch(place, options.port, durable));
  const owner = await takeOwnership(ownerUrlOf(place, found.port, 'postgres'), OWNER_PATIENCE_MS);
  if (!owner) throw new DomainError('CONFLICT', `Another Blastwise is already running on ${place.folder}.`);
  await ensureDatabase(owner);
  if (options.port === undefined || options.port === found.port) return owned(place, found, owner);
  // A server left behind on another port than the one asked for: start it anew.
  await owner.end();
  await shutDown(found.pid);
  return own(place, options);
}

/**
 * Starts PostgreSQL 18 on `dataDir` (made when missing), on 127.0.0.1 only. A server left behind by a killed
 * process is taken over. CONFLICT when another process uses the folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  return own(await preparePlace(options.dataDir), options);
}

/**
 * For short work beside the product, as from the command line: the server that runs on `dataDir`, whoever owns
 * it, or one of our own until `stop`.
 */
export async function joinEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = await preparePlace(options.dataDir);
  const running = await runningServer(place);
  return running ? described(place, running, async () => undefined) : own(place, options);
}
