import { join } from 'node:path';
import { auditAnchorFile, modelStoreDir, repositoryRoot } from './env.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceSpec } from './supervise.ts';

export interface Addresses {
  host: string;
  portalPort: number;
  /** Where browsers reach the portal. */
  portalUrl: string;
  inferencePort: number;
  /** The application role's URL. */
  databaseUrl: string;
}

export const inferenceUrl = ({ inferencePort }: Addresses): string => `http://127.0.0.1:${inferencePort}`;

interface Surroundings {
  addresses: Addresses;
  secrets: Secrets;
  dataDir: string;
  /** Names this start in the portal's health answer. No secret. */
  instance: string;
  inherited: NodeJS.ProcessEnv;
  log: (service: string) => (line: string) => void;
}

export function inferenceSpec({ addresses, secrets, dataDir, inherited, log }: Surroundings): ServiceSpec {
  return {
    name: 'inference',
    args: [join(repositoryRoot, 'apps', 'inference', 'src', 'main.ts')],
    cwd: repositoryRoot,
    log: log('inference'),
    env: {
      ...inherited,
      HOST: '127.0.0.1',
      PORT: String(addresses.inferencePort),
      DATABASE_URL: addresses.databaseUrl,
      BLASTWISE_BLOB_DIR: join(dataDir, 'blobs'),
      BLASTWISE_MODEL_STORE_DIR: modelStoreDir(dataDir),
      BLASTWISE_SERVICE_TOKEN: secrets.serviceToken,
      // One that came with an update goes into service, unless an admin chose the one that serves.
      BLASTWISE_DEPLOY_MODEL: 'always',
    },
  };
}

export function portalSpec({
  addresses,
  secrets,
  dataDir,
  instance,
  inherited,
  log,
}: Surroundings): ServiceSpec {
  const web = join(repositoryRoot, 'apps', 'web');
  return {
    name: 'portal',
    args: [
      join(web, 'node_modules', 'next', 'dist', 'bin', 'next'),
      'start',
      '--hostname',
      addresses.host,
      '--port',
      String(addresses.portalPort),
    ],
    cwd: web,
    log: log('portal'),
    env: {
      ...inherited,
      NODE_ENV: 'production',
      DATABASE_URL: addresses.databaseUrl,
      BLASTWISE_BLOB_DIR: join(dataDir, 'blobs'),
      NEXTAUTH_URL: addresses.portalUrl,
      NEXTAUTH_SECRET: secrets.sessionSecret,
      BLASTWISE_AUDIT_KEY: secrets.auditKey,
      BLASTWISE_AUDIT_ANCHOR: auditAnchorFile(dataDir),
      BLASTWISE_INSTANCE: instance,
      BLASTWISE_INFERENCE_URL: inferenceUrl(addresses),
    },
  };
}
