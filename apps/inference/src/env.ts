import { dirname, join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';

const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const environmentSchema = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    /** 0: a free one, announced on stdout. */
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    BLASTWISE_SERVICE_TOKEN: z.string({ error: 'is missing' }).min(16, 'needs at least 16 characters'),
    /** Folder of the model artifact; the starter model where missing. */
    BLASTWISE_MODEL_DIR: z.string().min(1).optional(),
    BLASTWISE_PROVIDER: z.enum(['cpu', 'cuda', 'webgpu']).default('cpu'),
    /** Without it the service answers HTTP only and takes no jobs. */
    DATABASE_URL: z.string().min(1).optional(),
    BLASTWISE_BLOB_DIR: z.string().min(1).optional(),
    /** Finished models by digest; beside the blobs where missing. */
    BLASTWISE_MODEL_STORE_DIR: z.string().min(1).optional(),
    /** Checkpoints of the training under way; beside the blobs where missing. */
    BLASTWISE_RUN_DIR: z.string().min(1).optional(),
    /** The fields that the model in service was trained from; without it only heads are retrained. */
    BLASTWISE_DATA_FOLDER: z.string().min(1).optional(),
    BLASTWISE_BATCH_SIZE: count(8),
    BLASTWISE_BATCH_DELAY_MS: z.coerce.number().min(0).max(1_000).default(5),
    BLASTWISE_QUEUE_LIMIT: count(64),
    /** "always" also replaces a model in service that nobody chose, for a machine that owns its model. */
    BLASTWISE_DEPLOY_MODEL: z.enum(['if-none', 'always']).default('if-none'),
    BLASTWISE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((env) => !env.DATABASE_URL || env.BLASTWISE_BLOB_DIR, {
    path: ['BLASTWISE_BLOB_DIR'],
    error: 'is needed where DATABASE_URL is set',
  });

export interface Env {
  host: string;
  port: number;
  serviceToken: string;
  modelDir: string | undefined;
  provider: 'cpu' | 'cuda' | 'webgpu';
  /** Null: HTTP only. */
  jobs: {
    databaseUrl: string;
    blobDir: string;
    modelStoreDir: string;
    runDir: string;
    dataFolder: string | null;
    takeOver: boolean;
  } | null;
  batching: { maxSize: number; maxDelayMs: number; maxQueue: number };
  logLevel: string;
}

/** Reads the environment. DomainError BAD_INPUT names every variable that is wrong, never its value. */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  // An empty variable counts as absent, as compose files and shells write it.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new DomainError('BAD_INPUT', `The environment is not usable: ${problems.join('; ')}.`);
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.PORT,
    serviceToken: env.BLASTWISE_SERVICE_TOKEN,
    modelDir: env.BLASTWISE_MODEL_DIR,
    provider: env.BLASTWISE_PROVIDER,
    jobs:
      env.DATABASE_URL && env.BLASTWISE_BLOB_DIR
        ? {
            databaseUrl: env.DATABASE_URL,
            blobDir: env.BLASTWISE_BLOB_DIR,
            modelStoreDir: env.BLASTWISE_MODEL_STORE_DIR ?? join(dirname(env.BLASTWISE_BLOB_DIR), 'models'),
            runDir: env.BLASTWISE_RUN_DIR ?? join(dirname(env.BLASTWISE_BLOB_DIR), 'trainings'),
            dataFolder: env.BLASTWISE_DATA_FOLDER ?? null,
            takeOver: env.BLASTWISE_DEPLOY_MODEL === 'always',
          }
        : null,
    batching: {
      maxSize: env.BLASTWISE_BATCH_SIZE,
      maxDelayMs: env.BLASTWISE_BATCH_DELAY_MS,
      maxQueue: env.BLASTWISE_QUEUE_LIMIT,
    },
    logLevel: env.BLASTWISE_LOG_LEVEL,
  };
}
