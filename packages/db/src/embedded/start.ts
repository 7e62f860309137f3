import { DomainError } from '@blastwise/contracts';
import { APP_ROLE } from '../migrate/roles.ts';
import { guard, ownershipOf } from './guard.ts';
import { initialise } from './initialise.ts';
import { ensureDatabase } from './ownership.ts';
import { appUrlOf, ownerUrlOf, type Place, preparePlace } from './place.ts';
import { launch, type RunningServer, runningServer, shutDown } from './server.ts';

export interface EmbeddedServer {
  /** Superuser of the cluster: migrates. */
  readonly ownerUrl: string;
  /** The role `blastwise_app`; usable once `migrate(ownerUrl, { appPassword })` has run. */
  readonly appUrl: string;
  readonly appPassword: string;
  readonly port: number;
  /** Process of the server just now, for fault tests. */
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

function described(place: Place, current: () => RunningServer, stop: () => Promise<void>): EmbeddedServer {
  const { port } = current();
  return {
    ownerUrl: ownerUrlOf(place, port),
    appUrl: appUrlOf(place, port, APP_ROLE),
    appPassword: place.secrets.appPassword,
    port,
    get pid() {
      return current().pid;
    },
    stop,
  };
}

async function own(place: Place, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const durable = options.durable ?? true;
  await initialise({ ...place, ownerPassword: place.secrets.ownerPassword, durable });
  const server = (await runningServer(place)) ?? (await launch(place, options.port, durable));
  const owner = await ownershipOf(place, server);
  if (!owner) throw new DomainError('CONFLICT', `Another Blastwise is already running on ${place.folder}.`);
  await ensureDatabase(owner);
  if (options.port === undefined || options.port === server.port) {
    const { current, stop } = guard(place, server, owner, durable);
    return described(place, current, stop);
  }
  // A server left behind on another port than the one asked for: start it anew.
  await owner.end();
  await shutDown(server.pid);
  return own(place, options);
}

/**
 * Starts PostgreSQL 18 on `dataDir` (made when missing), on 127.0.0.1 only, and starts it again on the same port
 * should it die before `stop`. A server left behind by a killed process is taken over. CONFLICT when another
 * process uses the folder.
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
  return running
    ? described(
        place,
        () => running,
        async () => undefined,
      )
    : own(place, options);
}
