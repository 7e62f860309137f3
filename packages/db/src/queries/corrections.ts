import { type CorrectionInput, DomainError } from '@blastwise/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { type AuditKey, fieldDigest } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { found, oneRow } from '../row-of.ts';
import type { CorrectionRow } from '../rows.ts';
import { corrections, imageStates, users } from '../schema/index.ts';
import { type Adjudicate, adjudicationOf } from './adjudications.ts';
import { lockCaseOf, lockImageState, refreshCases } from './case-states.ts';
import { CORRECTION_COLUMNS } from './correction-columns.ts';

/** The result that was on the reader's screen. */
export interface SeenResult {
  readonly analysisId: string;
  readonly decisionId: string;
}

export interface NewCorrection {
  readonly actor: UserActor;
  readonly auditKey: AuditKey;
  readonly imageId: string;
  /** Null: none was shown (AI off, or not analysed yet). */
  readonly seen: SeenResult | null;
  readonly correction: CorrectionInput;
  readonly adjudicate: Adjudicate;
}

async function latestOf(tx: Queryable, imageId: string, readerId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: corrections.id })
    .from(corrections)
    .where(and(eq(corrections.imageId, imageId), eq(corrections.readerId, readerId)))
    .orderBy(desc(corrections.createdAt), desc(corrections.id))
    .limit(1);
  return row?.id ?? null;
}

/**
 * Records a reading and what the field's readings now amount to. It supersedes the same reader's earlier one; other
 * readers' stand beside it.
 * CONFLICT when the field's result is no longer the one `seen`.
 */
export async function recordCorrection(db: Queryable, input: NewCorrection): Promise<CorrectionRow> {
  const { actor, auditKey, imageId, seen, correction, adjudicate } = input;
  return db.transaction(async (tx) => {
    const caseId = found(await lockCaseOf(tx, imageId), 'image');
    const state = found(await lockImageState(tx, imageId), 'image');
    if (seen && (seen.analysisId !== state.analysisId || seen.decisionId !== state.decisionId)) {
      throw new DomainError('CONFLICT', 'The result has changed since it was shown; look at it again.');
    }
    const supersedesId = await latestOf(tx, imageId, actor.id);
    const { id } = oneRow(
      await tx
        .insert(corrections)
        .values({
          ...correction,
          imageId,
          analysisId: seen?.analysisId ?? null,
          decisionId: seen?.decisionId ?? null,
          readerId: actor.id,
          readerRole: actor.role,
          supersedesId,
          // Not the transaction's start: two readers of one field follow each other as they were let in.
          createdAt: sql`clock_timestamp()`,
        })
        .returning({ id: corrections.id }),
    );
    await tx
      .update(imageStates)
      .set({
        correctionId: id,
        ...(await adjudicationOf(tx, imageId, adjudicate)),
        updatedAt: sql`now()`,
      })
      .where(eq(imageStates.imageId, imageId));
    await refreshCases(tx, [caseId]);
    await appendAudit(tx, {
      actor,
      action: 'correction.record',
      subjectKind: 'image',
      subjectId: imageId,
      fields: ['stage', 'certainty', 'confirmedBy', 'severity', 'comment'],
      digests: {
        stage: fieldDigest(auditKey, 'stage', correction.stage ?? 'not assessable'),
        comment: fieldDigest(auditKey, 'comment', correction.comment),
      },
    });
    await notifyLive(tx, { kind: 'image', imageId, caseId });
    return oneRow(
      await tx
        .select(CORRECTION_COLUMNS)
        .from(corrections)
        .innerJoin(users, eq(users.id, corrections.readerId))
        .where(eq(corrections.id, id)),
    );
  });
}
