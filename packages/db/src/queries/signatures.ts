import {
  canonicalJson,
  DomainError,
  meaningsOf,
  SIGNATURE_MEANINGS,
  type SignatureMeaning,
  type SignatureState,
} from '@blastwise/contracts';
import { desc, eq, sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { type AuditKey, fieldDigest, hmac } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { found, oneRow } from '../row-of.ts';
import { signatures, users } from '../schema/index.ts';
import type { SignedResult } from '../schema/signatures.ts';
import { uuidv7 } from '../uuid.ts';
import { lockCases, refreshCases } from './case-states.ts';
import { type RecordMaterial, recordDigest, recordMaterial, unreadFields } from './signed-record.ts';

type SignatureRow = typeof signatures.$inferSelect;

const macOf = (key: AuditKey, { mac: _, ...rest }: Omit<SignatureRow, 'mac'> & { mac?: string }): string =>
  hmac(key.signatures, canonicalJson(['blastwise-signature-1', rest]));

export interface CaseSignature
  extends Pick<SignatureRow, 'id' | 'signerName' | 'signerRole' | 'meaning' | 'signedAt'> {
  readonly state: SignatureState;
}

export interface CaseSigning {
  /** Newest first, each verified against the record as it now stands. */
  readonly signatures: readonly CaseSignature[];
  /** Digest of the record that a signature would now cover; null while a field is unread, or a reading was added meanwhile. */
  readonly record: string | null;
}

/** The signatures under a case, and what signing it would cover with these results and so many readings shown. */
export async function caseSigning(
  db: Queryable,
  query: {
    auditKey: AuditKey;
    caseId: string;
    shown: readonly SignedResult[];
    /** Of all fields, also superseded ones. */
    readings: number;
  },
): Promise<CaseSigning> {
  const { auditKey, caseId, shown, readings } = query;
  const rows = await db
    .select()
    .from(signatures)
    .where(eq(signatures.caseId, caseId))
    .orderBy(desc(signatures.signedAt), desc(signatures.id));
  const material = await recordMaterial(db, caseId);
  const complete =
    material !== null && material.readingCount === readings && unreadFields(material).length === 0;
  return {
    signatures: rows.map((row) => verified(row, material, auditKey)),
    record: complete ? recordDigest(material, shown) : null,
  };
}

function verified(row: SignatureRow, material: RecordMaterial | null, auditKey: AuditKey): CaseSignature {
  const { id, signerName, signerRole, meaning, signedAt } = row;
  const holds =
    material !== null &&
    material.readingCount === row.readings &&
    recordDigest(material, row.results) === row.recordSha256;
  const genuine = macOf(auditKey, row) === row.mac;
  const state = !genuine ? 'not-genuine' : holds ? 'valid' : 'changed';
  return { id, signerName, signerRole, meaning, signedAt, state };
}

export interface NewSignature {
  readonly actor: UserActor;
  readonly auditKey: AuditKey;
  readonly caseId: string;
  readonly meaning: SignatureMeaning;
  /** Results on the signer's screen. */
  readonly shown: readonly SignedResult[];
  /** `CaseSigning.record` when the signer was shown the case. */
  readonly record: string | null;
}

/**
 * Signs a case as it stands. FORBIDDEN where the role may not say so; CONFLICT while a field is unread, when the record is
 * no longer the one that was shown, and when the signer has signed this very record with this meaning before.
 */
export async function signCase(db: Queryable, input: NewSignature): Promise<void> {
  const { actor, auditKey, caseId, meaning, record } = input;
  if (!meaningsOf(actor.role).includes(meaning))
    throw new DomainError('FORBIDDEN', 'Only a senior may approve the readings of a case.');
  await db.transaction(async (tx) => {
    await lockCases(tx, [caseId]);
    const material = found(await recordMaterial(tx, caseId), 'case');
    const [unread] = unreadFields(material);
    if (unread !== undefined)
      throw new DomainError(
        'CONFLICT',
        `Field ${unread + 1} has no reading yet; read every field before signing.`,
      );
    const recordSha256 = recordDigest(material, input.shown);
    if (recordSha256 !== record)
      throw new DomainError('CONFLICT', 'The record has changed since it was shown; look at it again.');
    const before = await tx.select().from(signatures).where(eq(signatures.caseId, caseId));
    const same = before.some(
      (row) =>
        row.signerId === actor.id &&
        row.meaning === meaning &&
        row.recordSha256 === recordSha256 &&
        macOf(auditKey, row) === row.mac,
    );
    if (same) throw new DomainError('CONFLICT', 'You have signed this record with this meaning already.');
    const signer = oneRow(
      await tx
        .select({
          name: users.name,
          ms: sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::float8`,
        })
        .from(users)
        .where(eq(users.id, actor.id)),
    );
    const row = {
      id: uuidv7(),
      caseId,
      signerId: actor.id,
      signerName: signer.name,
      signerRole: actor.role,
      meaning,
      signedAt: new Date(signer.ms),
      results: [...input.shown],
      readings: material.readingCount,
      recordSha256,
    };
    await tx.insert(signatures).values({ ...row, mac: macOf(auditKey, row) });
    await refreshCases(tx, [caseId]);
    await appendAudit(tx, {
      actor,
      action: 'case.sign',
      subjectKind: 'case',
      subjectId: caseId,
      fields: ['meaning', 'record'],
      reason: SIGNATURE_MEANINGS[meaning],
      digests: { record: fieldDigest(auditKey, 'record', recordSha256) },
    });
    for (const { id } of material.fields.slice(0, 1))
      await notifyLive(tx, { kind: 'image', imageId: id, caseId });
  });
}
