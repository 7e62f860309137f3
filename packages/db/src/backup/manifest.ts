import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, sha256Schema } from '@blastwise/contracts';
import type pg from 'pg';
import { z } from 'zod';

const manifestSchema = z.object({
  format: z.literal('blastwise-backup-1'),
  createdAt: z.iso.datetime(),
  /** Migrations that the database had, as their hashes. */
  migrations: z.array(z.string()),
  tables: z.record(z.string(), z.object({ rows: z.int().nonnegative(), sha256: sha256Schema })),
  blobs: z.array(sha256Schema),
  /** SHA-256 of each file of a model, by the model's digest; backups of before the model store have none. */
  models: z.record(sha256Schema, z.record(z.string(), sha256Schema)).default({}),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

const fileOf = (folder: string): string => join(folder, 'backup.json');

export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  await writeFile(fileOf(folder), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

export async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(fileOf(folder), 'utf8')));
  } catch (cause) {
    throw new DomainError('BAD_INPUT', `${folder} holds no Blastwise backup that can be read.`, { cause });
  }
}

export async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by id',
  );
  return rows.map((row) => row.hash);
}
