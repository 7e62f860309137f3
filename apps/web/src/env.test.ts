import { describe, expect, it } from 'vitest';
import { parseEnv } from './env.ts';

const complete = {
  DATABASE_URL: 'postgresql://app@127.0.0.1:5432/blastwise',
  BLASTWISE_BLOB_DIR: '/data/blobs',
  NEXTAUTH_SECRET: 's'.repeat(32),
  NEXTAUTH_URL: 'http://127.0.0.1:3000',
  BLASTWISE_AUDIT_KEY: 'k'.repeat(32),
  BLASTWISE_INFERENCE_URL: 'http://127.0.0.1:3001',
};

describe('parseEnv', () => {
  it('takes a complete environment', () => {
    expect(parseEnv({ ...complete, HOME: '/home/x' })).toEqual(complete);
  });

  it.each([
    ['DATABASE_URL', 'mysql://x/y'],
    ['DATABASE_URL', undefined],
    ['BLASTWISE_BLOB_DIR', undefined],
    ['NEXTAUTH_SECRET', 'short'],
    ['NEXTAUTH_SECRET', undefined],
    ['NEXTAUTH_URL', 'blastwise.example'],
    ['BLASTWISE_AUDIT_KEY', 'short-secret-value'],
    ['BLASTWISE_INFERENCE_URL', undefined],
  ])('names %s = %j in one sentence, without its value', (name, value) => {
    expect(() => parseEnv({ ...complete, [name]: value })).toThrow(name);
    try {
      parseEnv({ ...complete, [name]: value });
    } catch (error) {
      if (value) expect(String(error)).not.toContain(value);
    }
  });
});
