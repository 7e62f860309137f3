import { unbuilt } from '../unbuilt.ts';

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

/**
 * Starts PostgreSQL 18 on `dataDir` (made when missing), on 127.0.0.1 only. A server left behind by a killed
 * process is taken over. CONFLICT when another process uses the folder.
 */
export async function startEmbedded(options: { dataDir: string; port?: number }): Promise<EmbeddedServer> {
  return unbuilt(options);
}
