import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const TOKEN = 'a-token-long-enough';

describe('readEnv', () => {
  it('needs nothing but the service token', () => {
    expect(readEnv({ BLASTWISE_SERVICE_TOKEN: TOKEN })).toEqual({
      host: '127.0.0.1',
      port: 0,
      serviceToken: TOKEN,
      modelDir: undefined,
      provider: 'cpu',
      jobs: null,
      batching: { maxSize: 8, maxDelayMs: 5, maxQueue: 64 },
      logLevel: 'info',
    });
  });

  it('takes jobs where a database and a blob folder are given', () => {
    const env = readEnv({
      BLASTWISE_SERVICE_TOKEN: TOKEN,
      DATABASE_URL: 'postgres://x',
      BLASTWISE_BLOB_DIR: '/data/blobs',
      PORT: '4000',
    });
    expect(env.jobs).toEqual({
      databaseUrl: 'postgres://x',
      blobDir: '/data/blobs',
      modelStoreDir: '/data/models',
      runDir: '/data/trainings',
      dataFolder: null,
      takeOver: false,
    });
    expect(env.port).toBe(4000);
  });

  it.each([
    [{}, 'BLASTWISE_SERVICE_TOKEN is missing'],
    [{ BLASTWISE_SERVICE_TOKEN: '' }, 'BLASTWISE_SERVICE_TOKEN is missing'],
    [{ BLASTWISE_SERVICE_TOKEN: 'short' }, 'BLASTWISE_SERVICE_TOKEN needs at least 16 characters'],
    [{ BLASTWISE_SERVICE_TOKEN: TOKEN, DATABASE_URL: 'postgres://x' }, 'BLASTWISE_BLOB_DIR is needed'],
    [{ BLASTWISE_SERVICE_TOKEN: TOKEN, PORT: '70000' }, 'PORT'],
    [{ BLASTWISE_SERVICE_TOKEN: TOKEN, BLASTWISE_PROVIDER: 'tpu' }, 'BLASTWISE_PROVIDER'],
    [{ BLASTWISE_SERVICE_TOKEN: TOKEN, BLASTWISE_BATCH_SIZE: '0' }, 'BLASTWISE_BATCH_SIZE'],
  ])('refuses %j', (variables, problem) => {
    expect(() => readEnv(variables)).toThrow(problem);
  });

  it('never repeats a value in its complaint', () => {
    expect(() => readEnv({ BLASTWISE_SERVICE_TOKEN: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
