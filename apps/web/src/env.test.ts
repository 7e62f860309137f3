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
    expect(parseEnv({ ...complete, HOME: '/home/x' })).toEqual({ ...complete, singleSignOn: null });
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

describe('single sign-on', () => {
  const hospital = {
    OIDC_ISSUER: 'https://login.hospital.example',
    OIDC_CLIENT_ID: 'blastwise',
    OIDC_CLIENT_SECRET: 'not-to-be-told',
    OIDC_NAME: 'Example Hospital',
  };
  const read = (changed: Record<string, string | undefined>) =>
    parseEnv({ ...complete, ...hospital, ...changed }).singleSignOn;

  it('is taken where all of it is there', () => {
    expect(read({})).toEqual({
      issuer: 'https://login.hospital.example',
      clientId: 'blastwise',
      clientSecret: 'not-to-be-told',
      name: 'Example Hospital',
      verifiedClaim: 'email_verified',
    });
    expect(read({ OIDC_VERIFIED_CLAIM: 'xms_edov' })?.verifiedClaim).toBe('xms_edov');
    expect(read({ OIDC_ISSUER: 'http://127.0.0.1:4011' })?.issuer).toBe('http://127.0.0.1:4011');
  });

  it('is absent where nothing of it is there, or all of it is empty', () => {
    expect(parseEnv(complete).singleSignOn).toBeNull();
    expect(read(Object.fromEntries(Object.keys(hospital).map((name) => [name, ''])))).toBeNull();
  });

  it.each([
    [{ OIDC_NAME: undefined }, 'OIDC_NAME is missing.'],
    [{ OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_ID, OIDC_CLIENT_SECRET are missing.'],
    [{ OIDC_ISSUER: 'login.hospital.example' }, 'OIDC_ISSUER must be an https:// address'],
    [{ OIDC_ISSUER: 'http://login.hospital.example' }, 'OIDC_ISSUER must be an https:// address'],
    [{ OIDC_NAME: 'x'.repeat(61) }, 'OIDC_NAME must have at most 60 characters.'],
  ])('is refused in one sentence for %j', (changed, sentence) => {
    expect(() => read(changed)).toThrow(sentence);
    expect(() => read(changed)).not.toThrow('not-to-be-told');
  });
});
