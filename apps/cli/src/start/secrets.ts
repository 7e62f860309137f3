import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { readKept, writeKept } from './kept-json.ts';

const secretsSchema = z.object({
  sessionSecret: z.string().min(32),
  serviceToken: z.string().min(32),
  auditKey: z.string().min(32),
  /** Of the application role, where DATABASE_URL names the server. */
  databasePassword: z.string().min(32),
});
/** Keys of one installation, made once; none of them is in the database. */
export type Secrets = z.infer<typeof secretsSchema>;

const secret = () => randomBytes(32).toString('base64url');

/** Creates the data folder. @throws DomainError where it may not be written. */
export function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, '.writable'), '');
  } catch (cause) {
    throw new DomainError(
      'FORBIDDEN',
      `The data folder ${dataDir} cannot be written: change its owner or its rights, or name another in BLASTWISE_DATA_DIR.`,
      { cause },
    );
  }
}

export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (existsSync(path)) return readKept(path, secretsSchema);
  const made: Secrets = {
    sessionSecret: secret(),
    serviceToken: secret(),
    auditKey: secret(),
    databasePassword: secret(),
  };
  writeKept(path, made);
  return made;
}
