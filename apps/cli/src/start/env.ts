import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The root of the checkout, wherever the command was called from. */
export const repositoryRoot = resolve(import.meta.dirname, '..', '..', '..', '..');

const schema = z.object({
  DATABASE_URL: z.url().optional(),
  BLASTWISE_DATA_DIR: z.string().min(1).optional(),
});

export interface StartEnv {
  /** A PostgreSQL that somebody else runs; absent: the embedded one. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Everything the caller's environment holds, for child processes. */
  inherited: NodeJS.ProcessEnv;
}

export function readStartEnv(): StartEnv {
  const env = schema.parse(process.env);
  return {
    databaseUrl: env.DATABASE_URL,
    dataDir: resolve(env.BLASTWISE_DATA_DIR ?? join(repositoryRoot, '.data')),
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
