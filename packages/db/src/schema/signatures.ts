import { ROLES, SIGNATURE_MEANING_NAMES } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { id, instant, isSha256, oneOf } from './columns.ts';
import { users } from './users.ts';

/** A result on the signer's screen. */
export interface SignedResult {
  readonly imageId: string;
  readonly analysisId: string;
  readonly decisionId: string;
}

/** Who signed a case, when, as what and on which record. Immutable: signing again adds a row. */
export const signatures = pgTable(
  'signatures',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    signerId: uuid('signer_id')
      .notNull()
      .references(() => users.id),
    /** As shown at signing, whatever the account is called later. */
    signerName: text('signer_name').notNull(),
    signerRole: text('signer_role', { enum: ROLES }).notNull(),
    meaning: text('meaning', { enum: SIGNATURE_MEANING_NAMES }).notNull(),
    signedAt: instant('signed_at').notNull(),
    /** Results that the signer saw; none with the AI off, nor of what blind review hid. */
    results: jsonb('results').$type<SignedResult[]>().notNull(),
    /** How many readings the case had: more now means that one was added since. */
    readings: integer('readings').notNull(),
    /** SHA-256 over the signed record, see `recordDigest`. */
    recordSha256: text('record_sha256').notNull(),
    /** HMAC-SHA256 over all of the above with a key outside the database. */
    mac: text('mac').notNull(),
  },
  (t) => [
    index('signatures_case').on(t.caseId, t.signedAt),
    check('signatures_signer_role_known', oneOf(t.signerRole, ROLES)),
    check('signatures_meaning_known', oneOf(t.meaning, SIGNATURE_MEANING_NAMES)),
    check('signatures_record_is_sha256', isSha256(t.recordSha256)),
    check('signatures_mac_is_sha256', isSha256(t.mac)),
    check('signatures_readings_count', sql`${t.readings} > 0`),
  ],
);
