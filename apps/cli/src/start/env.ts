import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../usage.ts';
import { publicUrlSchema } from './address.ts';

/** The root of the checkout, wherever the command was called from. */
export const repositoryRoot = resolve(import.meta.dirname, '..', '..', '..', '..');

/** An empty variable counts as absent, as compose files and shells write it. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => value || undefined, schema.optional());

const schema = z.object({
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL must be a postgres:// address.' }),
  ),
  BLASTWISE_DATA_DIR: optional(z.string()),
  BLASTWISE_PUBLIC_URL: optional(publicUrlSchema),
});

/** Where the head of the audit trail is noted outside the database. */
export const auditAnchorFile = (dataDir: string): string => join(dataDir, 'audit-anchor.json');

/** Where finished models lie under their digests. */
export const modelStoreDir = (dataDir: string): string => join(dataDir, 'models');

export interface StartEnv {
  /** A PostgreSQL that somebody else runs; absent: the embedded one. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Where a proxy shows the portal; absent: browsers reach it directly. */
  publicUrl: string | undefined;
  /** Everything the caller's environment holds, for child processes. */
  inherited: NodeJS.ProcessEnv;
}

/** @throws UsageError for a variable that says something impossible. */
export function readStartEnv(): StartEnv {
  const { data: env, error } = schema.safeParse(process.env);
  if (error) throw new UsageError(error.issues[0]?.message ?? 'The environment is not valid.');
  return {
    databaseUrl: env.DATABASE_URL,
    dataDir: resolve(env.BLASTWISE_DATA_DIR ?? join(repositoryRoot, '.data')),
    publicUrl: env.BLASTWISE_PUBLIC_URL,
    inherited: {
      ...process.env,
      PATH: [dirname(process.execPath), join(repositoryRoot, 'node_modules', '.bin'), process.env.PATH].join(
        ':',
      ),
      NEXT_TELEMETRY_DISABLED: '1',
      TURBO_TELEMETRY_DISABLED: '1',
    },
  };
}
