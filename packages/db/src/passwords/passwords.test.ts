import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './index.ts';

describe('passwords', () => {
  it('accepts the password it was made from and no other', async () => {
    const hash = await hashPassword('correct horse battery');
    expect(hash).toMatch(/^scrypt\$131072\$8\$1\$/);
    expect(await verifyPassword('correct horse battery', hash)).toBe(true);
    expect(await verifyPassword('correct horse batterz', hash)).toBe(false);
  });

  it('salts: equal passwords have different hashes', async () => {
    expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'));
  });

  it.each(['', 'plain', 'scrypt$131072$8$1$onlysalt', 'bcrypt$1$2$3$YQ$YQ'])(
    'refuses the broken hash %j',
    async (hash) => {
      expect(await verifyPassword('anything', hash)).toBe(false);
    },
  );
});
