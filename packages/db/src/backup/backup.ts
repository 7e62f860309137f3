import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { type BlobStore, openBlobStore } from '../blobs/index.ts';
import type { ModelStore } from '../model-store/index.ts';
import * as schema from '../schema/index.ts';
import { appliedMigrations, type BackupManifest, writeManifest } from './manifest.ts';
import { saveModels } from './models.ts';
import { writeTable } from './table-files.ts';
import { BACKUP_TABLES } from './tables.ts';
import { OF_THE_DATABASE, refuseOtherVersion } from './version.ts';

export interface BackupSummary {
  /** Rows of each table. */
  readonly tables: Record<string, number>;
  readonly blobs: number;
  readonly models: number;
}

/** Digests of everything in the blob store that the database names. */
async function blobDigests(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ digest: string }>(
    `select blob_sha256 as digest from images
     union select mask_sha256 from analyses
     union select nucleus_sha256 from analyses where nucleus_sha256 is not null
     union select mask_sha256 from corrections where mask_sha256 is not null
     union select nucleus_sha256 from corrections where nucleus_sha256 is not null
     union select heat.value from analyses cross join lateral jsonb_each_text(heatmaps) heat
     union select content_sha256 from locked_test_sets where images is null
     union select image ->> 'blobSha256' from locked_test_sets cross join lateral jsonb_array_elements(images) image
     order by digest`,
  );
  return rows.map((row) => row.digest);
}

async function modelDigests(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ digest: string }>(
    'select digest from model_versions order by digest',
  );
  return rows.map((row) => row.digest);
}

/** The tables, and the digests of the models that they name. */
async function dump(client: pg.Client, folder: string) {
  // One snapshot: every table as of the same moment, while the product goes on.
  await client.query('begin isolation level repeatable read read only');
  const migrations = await appliedMigrations(client);
  refuseOtherVersion(migrations, OF_THE_DATABASE);
  const tables: BackupManifest['tables'] = {};
  for (const [table, order] of BACKUP_TABLES) tables[table] = await writeTable(client, folder, table, order);
  const blobs = await blobDigests(client);
  const digests = await modelDigests(client);
  await client.query('commit');
  return { migrations, tables, blobs, digests };
}

export const summaryOf = ({ tables, blobs, models }: BackupManifest): BackupSummary => ({
  tables: Object.fromEntries(Object.entries(tables).map(([table, { rows }]) => [table, rows])),
  blobs: blobs.length,
  models: Object.keys(models).length,
});

/** Told of each blob copied. */
export type OnBlob = (done: number, total: number) => void;

export async function copyBlobs(
  digests: readonly string[],
  from: BlobStore,
  to: BlobStore,
  onProgress: OnBlob = () => undefined,
): Promise<void> {
  for (const [i, digest] of digests.entries()) {
    await to.put(await from.get(digest));
    onProgress(i + 1, digests.length);
  }
}

/**
 * Writes a consistent copy of the database, of every blob and of the models of the store that it names into `folder`, which must not exist;
 * readable by its owner only, for it holds patient data. The product may run meanwhile. CONFLICT where the folder exists, and on a
 * database that another version migrated.
 */
export async function backup(
  ownerUrl: string,
  options: { folder: string; blobs: BlobStore; models: ModelStore; onProgress?: OnBlob },
): Promise<BackupSummary> {
  const { folder, blobs, models, onProgress } = options;
  if (await stat(folder).catch(() => null)) throw new DomainError('CONFLICT', `${folder} exists already.`);
  const making = `${folder}.partial-${process.pid}`;
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'blastwise backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await mkdir(join(making, 'tables'), { recursive: true, mode: 0o700 });
    const { digests, ...dumped } = await dump(client, making);
    const copies = openBlobStore(join(making, 'blobs'));
    await copyBlobs(dumped.blobs, blobs, copies, onProgress);
    const manifest: BackupManifest = {
      format: 'blastwise-backup-1',
      createdAt: new Date().toISOString(),
      ...dumped,
      models: await saveModels(digests, making, models),
    };
    await writeManifest(making, manifest);
    await rename(making, folder);
    await appendAudit(drizzle(client, { schema }), {
      actor: SYSTEM,
      action: 'backup.create',
      subjectKind: 'backup',
    });
    return summaryOf(manifest);
  } finally {
    await client.end();
    await rm(making, { recursive: true, force: true });
  }
}
