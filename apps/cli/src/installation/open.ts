import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import {
  type AuditAnchor,
  type AuditKey,
  createDatabase,
  openAuditAnchor,
  openAuditKey,
  type Queryable,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { joinEmbedded } from '@blastwise/db/embedded';
import { appUrl, migrate } from '@blastwise/db/migrate';
import { type ModelStore, openModelStore } from '@blastwise/db/model-store';
import { auditAnchorFile, modelStoreDir, readStartEnv } from '../start/env.ts';
import { loadSecrets, makeDataFolder } from '../start/secrets.ts';
import { complain } from '../terminal/print.ts';

/** The database of `DATABASE_URL` or of the data folder, as `npm start` uses it, with its keys and blobs. */
export interface Installation {
  readonly ownerUrl: string;
  /** As the application role. */
  readonly appUrl: string;
  readonly appPassword: string;
  readonly dataDir: string;
  readonly blobs: BlobStore;
  readonly models: ModelStore;
  readonly auditKey: AuditKey;
  readonly auditAnchor: AuditAnchor;
  /** As the application role. */
  readonly db: Queryable;
}

interface Needs {
  /** Whether there must be an installation already; otherwise an empty one is made. */
  existing: boolean;
  /** Whether the schema is brought up to date first. */
  migrated: boolean;
}

/** Opens the installation for one piece of work, beside a running product or alone, and closes it again. */
export async function withInstallation<T>(
  { existing, migrated }: Needs,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = readStartEnv();
  if (existing && !existsSync(join(dataDir, 'secrets.json')))
    throw new DomainError('NOT_FOUND', `Blastwise has never been started on ${dataDir}.`);
  makeDataFolder(dataDir);
  if (!databaseUrl) complain(`Database: the embedded one in ${dataDir}, as DATABASE_URL is not set.`);
  const secrets = loadSecrets(dataDir);
  const embedded = databaseUrl ? null : await joinEmbedded({ dataDir: join(dataDir, 'postgres') });
  try {
    const ownerUrl = databaseUrl ?? embedded?.ownerUrl ?? '';
    const appPassword = embedded?.appPassword ?? secrets.databasePassword;
    if (migrated) await migrate(ownerUrl, { appPassword });
    const url = embedded?.appUrl ?? appUrl(ownerUrl, appPassword);
    const database = createDatabase(url, { max: 2, name: 'blastwise command line' });
    try {
      return await work({
        ownerUrl,
        appUrl: url,
        appPassword,
        dataDir,
        blobs: openBlobStore(join(dataDir, 'blobs')),
        models: openModelStore(modelStoreDir(dataDir)),
        auditKey: openAuditKey(secrets.auditKey),
        auditAnchor: openAuditAnchor(auditAnchorFile(dataDir)),
        db: database.db,
      });
    } finally {
      await database.close();
    }
  } finally {
    await embedded?.stop();
  }
}
