import { ROLES } from '@blastwise/contracts';
import { bigint, boolean, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant, oneOf } from './columns.ts';

/** People who sign in. Never deleted: their readings and approvals refer to them. */
export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    passwordHash: text('password_hash').notNull(),
    /** Somebody else chose the password: nothing may be done before its owner has chosen another. */
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    /** Accounts that have handed each other a password share a circle: one person where two are asked for. */
    circle: uuid('circle').notNull(),
    disabledAt: instant('disabled_at'),
    createdAt: createdAt(),
  },
  (t) => [check('users_role_known', oneOf(t.role, ROLES))],
);

/** Server-side sign-in sessions: idle and absolute limits and revocation are checked on every call. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    /** When single sign-on says that the user last proved who they are; null: signed in by the portal's own password. */
    signedOnAt: instant('signed_on_at'),
    /** Until when a sign-on that was done again stands for one signature. */
    signsUntil: instant('signs_until'),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

/** Sign-in attempts for rate limits; e-mail and address are kept as keyed digests only. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    emailDigest: text('email_digest').notNull(),
    ipDigest: text('ip_digest').notNull(),
    at: instant('at').notNull().defaultNow(),
    ok: boolean('ok').notNull(),
  },
  (t) => [
    index('sign_in_attempts_email').on(t.emailDigest, t.at),
    index('sign_in_attempts_ip').on(t.ipDigest, t.at),
  ],
);
