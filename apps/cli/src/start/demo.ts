import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PREFIX, DomainError, type MaturityStage, type Role, roleSchema } from '@blastwise/contracts';
import {
  type AuditKey,
  acceptCase,
  createUser,
  listUsers,
  type NewImage,
  openAnalysisQueue,
  type Queryable,
  SYSTEM,
  type UserActor,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { hashPassword } from '@blastwise/db/passwords';
import { DEMO_DIR, encodeJpeg, sanitiseImage } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { z } from 'zod';
import { isLoopback } from './address.ts';
import type { StartEnv } from './env.ts';
import { readKept, writeKept } from './kept-json.ts';

const PEOPLE: readonly { email: string; name: string; role: Role }[] = [
  { email: 'iris.vogel@demo.example', name: 'Dr Iris Vogel', role: 'clinician' },
  { email: 'samuel.adeyemi@demo.example', name: 'Dr Samuel Adeyemi', role: 'clinician' },
  { email: 'marta.lindqvist@demo.example', name: 'Marta Lindqvist', role: 'admin' },
  { email: 'jun.takahashi@demo.example', name: 'Jun Takahashi', role: 'admin' },
];

/** Drawings compressed as photographed fields are. */
const PHOTOGRAPH_QUALITY = 75;

interface DemoCase {
  pseudonym: string;
  note: string;
  /** Generated fields, by stage and seed; or photographs from the demo folder. */
  fields: readonly { stage: MaturityStage; seed: number }[] | 'photographs';
}

const CASES: readonly DemoCase[] = [
  {
    pseudonym: `${DEMO_PREFIX}001`,
    note: 'Generated field, Early look.',
    fields: [{ stage: 'Early', seed: 11 }],
  },
  {
    pseudonym: `${DEMO_PREFIX}002`,
    note: 'Generated field, Benign look.',
    fields: [{ stage: 'Benign', seed: 12 }],
  },
  {
    pseudonym: `${DEMO_PREFIX}003`,
    note: 'Two generated fields of one smear, Pre look.',
    fields: [
      { stage: 'Pre', seed: 13 },
      { stage: 'Pre', seed: 14 },
    ],
  },
  {
    pseudonym: `${DEMO_PREFIX}004`,
    note: 'Generated field, Pro look.',
    fields: [{ stage: 'Pro', seed: 15 }],
  },
  {
    pseudonym: `${DEMO_PREFIX}005`,
    note: 'Two photographed fields of healthy blood (BCCD, MIT licence): not what the model was trained on.',
    fields: 'photographs',
  },
];

const accountSchema = z.object({
  email: z.email(),
  password: z.string(),
  name: z.string(),
  role: roleSchema,
});
type DemoAccount = z.infer<typeof accountSchema>;
const demoSchema = z.object({ url: z.string(), accounts: z.array(accountSchema) });

interface DemoOptions {
  db: Queryable;
  databaseUrl: string;
  auditKey: AuditKey;
  dataDir: string;
  url: string;
  progress: (line: string) => void;
}

async function demoImages({ fields }: DemoCase): Promise<Uint8Array[]> {
  if (fields === 'photographs') {
    const names = readdirSync(DEMO_DIR).filter((name) => name.endsWith('.jpg'));
    return names.sort().map((name) => readFileSync(join(DEMO_DIR, name)));
  }
  return Promise.all(fields.map((field) => encodeJpeg(generateField(field).image, PHOTOGRAPH_QUALITY)));
}

async function storeImage(blobs: BlobStore, bytes: Uint8Array): Promise<NewImage> {
  const { png, width, height } = await sanitiseImage(bytes);
  return { blobSha256: await blobs.put(png), width, height, bytes: png.length };
}

async function storedCases(blobs: BlobStore): Promise<(DemoCase & { images: NewImage[] })[]> {
  const stored: (DemoCase & { images: NewImage[] })[] = [];
  for (const demo of CASES) {
    const images: NewImage[] = [];
    for (const bytes of await demoImages(demo)) images.push(await storeImage(blobs, bytes));
    stored.push({ ...demo, images });
  }
  return stored;
}

/** Passwords are on disk before the accounts exist: a start that is killed in between goes on with them next time. */
function demoFileOf({ dataDir, url }: DemoOptions): { path: string; accounts: DemoAccount[] } {
  const path = join(dataDir, 'demo.json');
  const accounts = existsSync(path)
    ? readKept(path, demoSchema).accounts
    : PEOPLE.map((person) => ({ ...person, password: randomBytes(9).toString('base64url') }));
  writeKept(path, { url, accounts });
  return { path, accounts };
}

/** Whether other machines reach the portal: by its host, or by the address under which a proxy shows it. */
export const othersReach = ({ host, publicUrl }: Pick<StartEnv, 'publicUrl'> & { host: string }): boolean =>
  publicUrl !== undefined || !isLoopback(host);

/** Known passwords have no place in a database that somebody else runs, nor where other machines reach the portal. */
export const mayHaveDemo = ({
  databaseUrl,
  ...where
}: Pick<StartEnv, 'databaseUrl' | 'publicUrl'> & { host: string }): boolean =>
  databaseUrl === undefined && !othersReach(where);

/**
 * Demo accounts of an earlier start must not come along where others reach the portal. They are not disabled here:
 * that is an admin's act, with a reason, and could leave nobody to sign in.
 * @throws DomainError CONFLICT while one of them can sign in.
 */
export async function refuseDemoAccounts(db: Queryable): Promise<void> {
  const addresses = new Set(PEOPLE.map(({ email }) => email));
  const users = await listUsers(db);
  if (!users.some(({ email, disabledAt }) => addresses.has(email) && disabledAt === null)) return;
  throw new DomainError(
    'CONFLICT',
    'Demo accounts can still sign in here, and others would reach this portal: disable them in a local start first, or take another installation (BLASTWISE_DATA_DIR, DATABASE_URL).',
  );
}

/**
 * On an empty installation: two clinicians, two admins and a few cases, in one transaction. Writes the sign-ins to
 * `<data>/demo.json` (readable by the owner) and returns that path; null where other accounts are there already.
 */
export async function seedDemo(options: DemoOptions): Promise<string | null> {
  const populated = (await listUsers(options.db)).length > 0;
  if (populated && !existsSync(join(options.dataDir, 'demo.json'))) return null;
  const { path, accounts } = demoFileOf(options);
  if (populated) return path;
  options.progress('Creating demo accounts and cases…');
  const hashes = await Promise.all(accounts.map(({ password }) => hashPassword(password)));
  const cases = await storedCases(openBlobStore(join(options.dataDir, 'blobs')));
  const queue = await openAnalysisQueue(options.databaseUrl, { work: false });
  try {
    await options.db.transaction(async (tx) => {
      const people: UserActor[] = [];
      for (const [index, { email, name, role }] of accounts.entries()) {
        const user = await createUser(tx, {
          actor: SYSTEM,
          email,
          name,
          role,
          passwordHash: hashes[index] ?? '',
        });
        people.push({ id: user.id, role });
      }
      const submitter = people.find(({ role }) => role === 'clinician');
      if (!submitter) return;
      for (const { pseudonym, note, images } of cases) {
        await acceptCase(tx, {
          actor: submitter,
          auditKey: options.auditKey,
          queue,
          pseudonym,
          note,
          images,
          mayBeBlind: false,
        });
      }
    });
  } finally {
    await queue.stop();
  }
  return path;
}
