import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROLES, type Role } from '@blastwise/contracts';
import {
  createSession,
  createUser,
  openAnalysisQueue,
  openAuditAnchor,
  openAuditKey,
  type Session,
  SYSTEM,
  type User,
} from '@blastwise/db';
import { openBlobStore, openUploadStore } from '@blastwise/db/blobs';
import { hashPassword } from '@blastwise/db/passwords';
import { withTestDatabase } from '@blastwise/db/testing';
import { afterAll, beforeAll } from 'vitest';
import { FoldedRecorder } from '../audit/folded.ts';
import { ReadRecorder } from '../audit/reads.ts';
import { sessionCookieName } from '../auth/cookies.ts';
import { sessionToken } from '../auth/token.ts';
import { LiveHub } from '../live/hub.ts';
import { appRouter } from '../router.ts';
import type { Services } from '../services.ts';
import { createCallerFactory } from '../trpc/init.ts';

export const PASSWORD = 'correct horse battery';
/** A hash carries its parameters, so that signing in with this password is as quick as making its hash. */
const QUICK = { N: 2 ** 10, r: 8, p: 1 };
export const PORTAL_URL = 'http://portal.test:3000';

const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;

/** A portal without Next: real database, real blobs, one user of each role (and a second admin), all signed in. */
export interface TestPortal {
  readonly services: Services;
  readonly users: Readonly<Record<Role | 'secondAdmin', User>>;
  readonly sessions: Readonly<Record<Role | 'secondAdmin', Session>>;
  /** Files that hold images, of cases and uploads, by path. */
  stored(): Promise<string[]>;
  /** Changes rows behind the portal's back, as the database's owner: to let time pass, to tamper. */
  tamper(statement: string): Promise<void>;
  /** Calls procedures as somebody; null: as nobody. */
  as(session: Session | null, options?: { sameOrigin?: boolean; services?: Services }): Caller;
  /** A browser's request with that session's cookie, from our own origin unless told. */
  request(
    path: string,
    session: Session | null,
    init?: RequestInit & { origin?: string | null },
  ): Promise<Request>;
}

export function withTestPortal(): () => TestPortal {
  const database = withTestDatabase();
  let portal: TestPortal | undefined;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blastwise-web-'));
    const { appUrl, db } = database();
    const queue = await openAnalysisQueue(appUrl, { work: false });
    const services: Services = {
      db,
      auditKey: openAuditKey('audit-key-of-the-tests-0123456789ab'),
      auditAnchor: openAuditAnchor(join(folder, 'audit-anchor.json')),
      queue: async () => queue,
      blobs: openBlobStore(join(folder, 'blobs')),
      uploads: openUploadStore(join(folder, 'blobs', 'uploads')),
      live: new LiveHub(appUrl),
      reads: new ReadRecorder(),
      folded: new FoldedRecorder(() => undefined),
      secret: 'session-secret-of-the-tests-0123456',
      portalUrl: PORTAL_URL,
      inferenceUrl: 'http://127.0.0.1:1',
      singleSignOn: null,
    };
    const passwordHash = await hashPassword(PASSWORD, QUICK);
    const user = (name: string, role: Role) =>
      createUser(db, { actor: SYSTEM, email: `${name.toLowerCase()}@portal.test`, name, role, passwordHash });
    const users = {
      clinician: await user('Clara', 'clinician'),
      senior: await user('Simon', 'senior'),
      admin: await user('Ada', 'admin'),
      secondAdmin: await user('Alan', 'admin'),
    };
    const sessions = {
      clinician: await createSession(db, users.clinician.id),
      senior: await createSession(db, users.senior.id),
      admin: await createSession(db, users.admin.id),
      secondAdmin: await createSession(db, users.secondAdmin.id),
    };
    portal = {
      services,
      users,
      sessions,
      stored: async () => {
        const found = await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true });
        return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
      },
      tamper: async (statement) => void (await database().owner.execute(statement)),
      as: (session, options = {}) => createCaller({ services, session, sameOrigin: true, ...options }),
      request: async (path, session, { origin = PORTAL_URL, ...init } = {}) => {
        const headers = new Headers(init.headers);
        if (origin !== null) headers.set('origin', origin);
        if (session) {
          const token = await sessionToken(session.id, services.secret);
          headers.set('cookie', `${sessionCookieName(PORTAL_URL)}=${token}`);
        }
        return new Request(new URL(path, PORTAL_URL), { ...init, headers });
      },
    };
  }, 60_000);

  afterAll(async () => {
    await (await portal?.services.queue())?.stop({ timeoutMs: 1_000 });
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  return () => {
    if (!portal) throw new Error('The portal is ready only inside tests.');
    return portal;
  };
}

/** Everybody who may call something: the roles, and somebody not signed in. */
export const CALLERS = [...ROLES, 'anonymous'] as const;
export type CallerKind = (typeof CALLERS)[number];

export const sessionFor = (portal: TestPortal, caller: CallerKind): Session | null =>
  caller === 'anonymous' ? null : portal.sessions[caller];
