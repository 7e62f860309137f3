import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const credentialsSchema = z.object({ ownerPassword: z.string(), appPassword: z.string() });
export type Credentials = z.infer<typeof credentialsSchema>;

/** Passwords of one cluster, made at random once and kept beside it, readable by its owner only. */
export async function credentials(folder: string): Promise<Credentials> {
  const file = join(folder, 'credentials.json');
  const read = async () => credentialsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const secret = () => randomBytes(24).toString('base64url');
  const making = `${file}.${randomUUID()}`;
  await writeFile(making, JSON.stringify({ ownerPassword: secret(), appPassword: secret() }), {
    mode: 0o600,
  });
  // A link fails where the file exists by now: the first writer wins.
  await link(making, file).catch(() => undefined);
  await rm(making, { force: true });
  return read();
}
