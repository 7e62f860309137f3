import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Account, serverAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Credentials, credentials } from './credentials.ts';

/** Everything about one data folder: what lies where, and who runs it. */
export interface Place {
  readonly folder: string;
  readonly cluster: string;
  readonly log: string;
  readonly account: Account | null;
  readonly binaries: Binaries;
  readonly secrets: Credentials;
}

export async function preparePlace(dataDir: string): Promise<Place> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const cluster = join(folder, 'cluster');
  const account = await serverAccount(cluster);
  const [binaries, secrets] = await Promise.all([findBinaries(account !== null), credentials(folder)]);
  return { folder, cluster, log: join(folder, 'server.log'), account, binaries, secrets };
}

const url = (user: string, password: string, port: number, database: string): string =>
  `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

export const OWNER = 'blastwise';
export const DATABASE = 'blastwise';

export const ownerUrlOf = (place: Place, port: number, database = DATABASE): string =>
  url(OWNER, place.secrets.ownerPassword, port, database);

export const appUrlOf = (place: Place, port: number, role: string): string =>
  url(role, place.secrets.appPassword, port, DATABASE);
