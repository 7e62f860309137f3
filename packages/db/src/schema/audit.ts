import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What was done, by whom and when. Append-only; patient fields appear as keyed digests only. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().default(sql`clock_timestamp()`),
    /** Null: the service itself. No foreign key, so that a row outlives everything it names. */
    actorId: uuid('actor_id'),
    actorRole: text('actor_role').notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id'),
    fields: jsonb('fields').$type<string[]>().notNull(),
    reason: text('reason'),
    /** Field name -> HMAC-SHA256 of its value. */
    digests: jsonb('digests').$type<Record<string, string>>().notNull(),
  },
  (t) => [
    index('audit_events_subject').on(t.subjectKind, t.subjectId),
    index('audit_events_actor').on(t.actorId),
  ],
);

/** The chain over committed events: one seal an event, `seq` without gaps from 1, each hash over the one before. */
export const auditSeals = pgTable('audit_seals', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  eventId: bigint('event_id', { mode: 'number' })
    .notNull()
    .unique()
    .references(() => auditEvents.id),
  hash: text('hash').notNull(),
  sealedAt: instant('sealed_at').notNull().default(sql`clock_timestamp()`),
});

/** Count and last hash of the chain, signed with a key that the database does not hold. One row. */
export const auditHeads = pgTable('audit_heads', {
  chain: text('chain').primaryKey(),
  count: bigint('count', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  signedAt: instant('signed_at').notNull(),
  signature: text('signature').notNull(),
});
