import { DomainError, readSingleSignOn, type SingleSignOn } from '@blastwise/contracts';
import { z } from 'zod';

const secret = (name: string) =>
  z.string(`${name} is missing.`).min(32, `${name} must have at least 32 characters.`);

const envSchema = z.object({
  /** The application's role: it may append to the audit trail, not change it. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL must be a postgres:// address.' }),
  BLASTWISE_BLOB_DIR: z.string('BLASTWISE_BLOB_DIR is missing.').min(1, 'BLASTWISE_BLOB_DIR is empty.'),
  NEXTAUTH_SECRET: secret('NEXTAUTH_SECRET'),
  /** Where browsers reach the portal; https makes the cookies secure. */
  NEXTAUTH_URL: z.url({
    protocol: /^https?$/,
    error: 'NEXTAUTH_URL must be an http:// or https:// address.',
  }),
  /** Signs the audit trail's head and digests patient fields; kept outside the database. */
  BLASTWISE_AUDIT_KEY: secret('BLASTWISE_AUDIT_KEY'),
  /** File outside the database that notes the head of the audit trail; without it a rolled-back database goes unnoticed. */
  BLASTWISE_AUDIT_ANCHOR: z.string().min(1, 'BLASTWISE_AUDIT_ANCHOR is empty.').optional(),
  /** Which start of the product this portal belongs to, as `/api/health` tells; absent where it was started alone. */
  BLASTWISE_INSTANCE: z.string().min(1, 'BLASTWISE_INSTANCE is empty.').optional(),
  BLASTWISE_INFERENCE_URL: z.url({
    protocol: /^https?$/,
    error: 'BLASTWISE_INFERENCE_URL must be an http:// or https:// address.',
  }),
});
export interface Env extends z.infer<typeof envSchema> {
  /** The hospital's sign-on; null where people sign in by password alone. */
  readonly singleSignOn: SingleSignOn | null;
}

/** @throws DomainError BAD_INPUT naming every variable that is missing or wrong, and none of the values. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return { ...parsed.data, singleSignOn: readSingleSignOn(source) };
  const wrong = parsed.error.issues.map((issue) => issue.message).join(' ');
  throw new DomainError('BAD_INPUT', `The portal's environment is incomplete: ${wrong}`);
}

let known: Env | undefined;

/** Read when first needed, so that `next build` works without a deployment's secrets. */
export function env(): Env {
  known ??= parseEnv(process.env);
  return known;
}
