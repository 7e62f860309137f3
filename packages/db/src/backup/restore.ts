import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { type BlobStore, openBlobStore } from '../blobs/index.ts';
import { openAnalysisQueue } from '../jobs/index.ts';
import { migrate } from '../migrate/index.ts';
import type { ModelStore } from '../model-store/index.ts';
import { enqueueWaiting } from '../queries/image-queue.ts';
import * as schema from '../schema/index.ts';
import { type BackupSummary, copyBlobs, type OnBlob, summaryOf } from './backup.ts';
import { type BackupManifest, readManifest } from './manifest.ts';
import { restoreModels } from './models.ts';
import { readTable } from './table-files.ts';
import { BACKUP_TABLES } from './tables.ts';
import { OF_A_BACKUP, refuseOtherVersion } from './version.ts';

const IDENTITIES = [['audit_events', 'id']] as const;

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select 1 from users) or exists (select 1 from audit_events) as used',
  );
  if (rows[0]?.used !== false) {
    throw new DomainError('CONFLICT', 'The database is not empty; restore into a new one.');
  }
}

/** All tables in one transaction: a damaged file leaves the database as empty as it was. */
async function fill(client: pg.Client, folder: string, manifest: BackupManifest): Promise<void> {
  await client.query('begin');
  await refuseUnlessEmpty(client);
  // The rows that the migration put there make room for those of the backup.
  await client.query('alter table cost_matrices disable trigger user');
  await client.query('delete from cost_matrices');
  await client.query('alter table cost_matrices enable trigger user');
  await client.query('delete from service_settings');
  for (const [table] of BACKUP_TABLES) {
    const expected = manifest.tables[table];
    if (!expected) throw new DomainError('BAD_INPUT', `The backup lacks the table ${table}.`);
    await readTable(client, folder, table, expected);
  }
  for (const [table, column] of IDENTITIES) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce(max(${column}), 0) + 1, false) from ${table}`,
    );
  }
  await appendAudit(drizzle(client, { schema }), {
    actor: SYSTEM,
    action: 'backup.restore',
    subjectKind: 'backup',
  });
  await client.query('commit');
}

/**
 * Restores a backup into an empty database (CONFLICT otherwise, and for one of another version), checking every file's digest; migrates it first
 * and enqueues what was waiting. Verify the audit trail afterwards with its key.
 */
export async function restore(
  ownerUrl: string,
  options: {
    folder: string;
    blobs: BlobStore;
    models: ModelStore;
    appPassword?: string;
    onProgress?: OnBlob;
  },
): Promise<BackupSummary> {
  const { folder, blobs, models, appPassword, onProgress } = options;
  const manifest = await readManifest(folder);
  // Before anything: a database that is migrated further than the backup is none that the other version could restore into.
  refuseOtherVersion(manifest.migrations, OF_A_BACKUP);
  const copies = openBlobStore(join(folder, 'blobs'));
  await migrate(ownerUrl, appPassword === undefined ? {} : { appPassword });
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'blastwise restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    await copyBlobs(manifest.blobs, copies, blobs, onProgress);
    await restoreModels(manifest.models, folder, models);
    await fill(client, folder, manifest);
    const queue = await openAnalysisQueue(ownerUrl, { work: false });
    try {
      await enqueueWaiting(drizzle(client, { schema }), queue);
    } finally {
      await queue.stop();
    }
  } finally {
    await client.end();
  }
  return summaryOf(manifest);
}
