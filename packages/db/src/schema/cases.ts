import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, isSha256 } from './columns.ts';
import { users } from './users.ts';

/** A submission: one patient pseudonym with one or more fields of a blood smear. */
export const cases = pgTable(
  'cases',
  {
    id: id(),
    pseudonym: text('pseudonym').notNull(),
    note: text('note').notNull().default(''),
    /** Drawn for blind review at acceptance: each reader sees nothing of the AI before having read. */
    blindReview: boolean('blind_review').notNull().default(false),
    submittedBy: uuid('submitted_by')
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [index('cases_pseudonym').on(t.pseudonym)],
);

/** One field of a case. The pixels lie in the blob store under their SHA-256; file names are never kept. */
export const images = pgTable(
  'images',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    position: integer('position').notNull(),
    blobSha256: text('blob_sha256').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('images_position').on(t.caseId, t.position),
    index('images_blob').on(t.blobSha256),
    check('images_blob_is_sha256', isSha256(t.blobSha256)),
    check('images_size_positive', sql`${t.width} > 0 and ${t.height} > 0 and ${t.bytes} > 0`),
  ],
);
