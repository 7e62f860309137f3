import { assertionOf, type CorrectionInput, DomainError, isErrorBy } from '@blastwise/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import { SYSTEM, type UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { type AuditKey, fieldDigest } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { found, oneRow } from '../row-of.ts';
import type { CorrectionRow } from '../rows.ts';
import { corrections, decisions, imageStates, users } from '../schema/index.ts';
import { type Adjudicate, adjudicationOf } from './adjudications.ts';
import { lockCaseOf, lockImageState, refreshCases } from './case-states.ts';
import { CORRECTION_COLUMNS } from './correction-columns.ts';

/** The result that was on the reader's screen. */
export interface SeenResult {
  readonly analysisId: string;
  readonly decisionId: string;
}

export interface NewCorrection {
  /** The reader, also of a reading that was brought along. */
  readonly actor: UserActor;
  readonly auditKey: AuditKey;
  readonly imageId: string;
  /** Null: none was shown (AI off, or not analysed yet). What the reader judged before of an error then stays. */
  readonly seen: SeenResult | null;
  readonly correction: CorrectionInput;
  readonly masks?: EditedMasks;
  readonly adjudicate: Adjudicate;
  /** Where the reading was made, if not here: then somebody at the server brought it, and the trail says so. */
  readonly broughtFrom?: string;
}

/**
 * Blobs, stored before, of masks that the reader corrected. Null: none, the model's stands. Left out: as in the reading
 * that this one supersedes, so that a later word on the stage keeps the mask.
 */
export interface EditedMasks {
  readonly maskSha256?: string | null | undefined;
  readonly nucleusSha256?: string | null | undefined;
}

const MASKS = {
  maskSha256: corrections.maskSha256,
  nucleusSha256: corrections.nucleusSha256,
  masksFromResult: corrections.masksFromResult,
};
type ReadingMasks = Pick<CorrectionRow, keyof typeof MASKS>;
const NO_MASKS: ReadingMasks = { maskSha256: null, nucleusSha256: null, masksFromResult: false };

/** How harmful an error was judged to be, and of which answer. */
const JUDGEMENT = {
  severity: corrections.severity,
  analysisId: corrections.analysisId,
  decisionId: corrections.decisionId,
};
type Judgement = Pick<CorrectionRow, keyof typeof JUDGEMENT>;

async function latestOf(tx: Queryable, imageId: string, readerId: string) {
  const [row] = await tx
    .select({ id: corrections.id, stage: corrections.stage, ...JUDGEMENT, ...MASKS })
    .from(corrections)
    .where(and(eq(corrections.imageId, imageId), eq(corrections.readerId, readerId)))
    .orderBy(desc(corrections.createdAt), desc(corrections.id))
    .limit(1);
  return row ?? null;
}

/** The masks of a reading: given ones, and those of the reading before where none is given. */
function masksAfter(before: ReadingMasks, given: EditedMasks, seen: SeenResult | null): ReadingMasks {
  const { maskSha256 = before.maskSha256, nucleusSha256 = before.nucleusSha256 } = given;
  const kept = (['maskSha256', 'nucleusSha256'] as const).some((of) => given[of] === undefined && before[of]);
  const drawn = given.maskSha256 || given.nucleusSha256;
  return {
    maskSha256,
    nucleusSha256,
    masksFromResult: Boolean((kept && before.masksFromResult) || (drawn && seen)),
  };
}

/** A judgement stands while its reader says the same again and is shown no answer that could be judged anew. */
function judgementAfter(
  before: (Judgement & Pick<CorrectionRow, 'stage'>) | null,
  { stage, severity }: CorrectionInput,
  seen: SeenResult | null,
): Judgement {
  if (seen) return { severity, analysisId: seen.analysisId, decisionId: seen.decisionId };
  if (before?.stage !== stage) return { severity, analysisId: null, decisionId: null };
  return { severity: before.severity, analysisId: before.analysisId, decisionId: before.decisionId };
}

async function refuseSeverityOfNoError(
  tx: Queryable,
  { stage, severity }: CorrectionInput,
  seen: SeenResult | null,
): Promise<void> {
  if (severity === 'none') return;
  const [decision] = seen
    ? await tx
        .select({ stage: decisions.stage, defer: decisions.defer })
        .from(decisions)
        .where(eq(decisions.id, seen.decisionId))
    : [];
  if (!decision || !isErrorBy({ stage }, assertionOf(decision)))
    throw new DomainError(
      'BAD_INPUT',
      'This reading contradicts no answer that was shown, so there is no error to weigh: record the severity "none".',
    );
}

/** What the trail says of masks: that they were given, and a digest of each. */
function maskDigests(auditKey: AuditKey, { maskSha256, nucleusSha256 }: EditedMasks): Record<string, string> {
  return {
    ...(maskSha256 === undefined ? {} : { mask: fieldDigest(auditKey, 'mask', maskSha256 ?? 'none') }),
    ...(nucleusSha256 === undefined
      ? {}
      : { nucleus: fieldDigest(auditKey, 'nucleus', nucleusSha256 ?? 'none') }),
  };
}

/**
 * Records a reading and what the field's readings now amount to. It supersedes the same reader's earlier one; other
 * readers' stand beside it.
 * CONFLICT when the field's result is no longer the one `seen`; BAD_INPUT for the severity of what is no error.
 */
export async function recordCorrection(db: Queryable, input: NewCorrection): Promise<CorrectionRow> {
  const { actor, auditKey, imageId, seen, correction, masks = {}, adjudicate, broughtFrom } = input;
  return db.transaction(async (tx) => {
    const caseId = found(await lockCaseOf(tx, imageId), 'image');
    const state = found(await lockImageState(tx, imageId), 'image');
    if (seen && (seen.analysisId !== state.analysisId || seen.decisionId !== state.decisionId)) {
      throw new DomainError('CONFLICT', 'The result has changed since it was shown; look at it again.');
    }
    await refuseSeverityOfNoError(tx, correction, seen);
    const before = await latestOf(tx, imageId, actor.id);
    const given = maskDigests(auditKey, masks);
    const { id } = oneRow(
      await tx
        .insert(corrections)
        .values({
          ...correction,
          imageId,
          ...judgementAfter(before, correction, seen),
          readerId: actor.id,
          readerRole: actor.role,
          ...masksAfter(before ?? NO_MASKS, masks, seen),
          supersedesId: before?.id ?? null,
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
    const digests = {
      stage: fieldDigest(auditKey, 'stage', correction.stage ?? 'not assessable'),
      comment: fieldDigest(auditKey, 'comment', correction.comment),
      ...given,
    };
    const fields = ['stage', 'certainty', 'confirmedBy', 'severity', 'comment', ...Object.keys(given)];
    const subject = { subjectKind: 'image', subjectId: imageId } as const;
    if (broughtFrom === undefined)
      await appendAudit(tx, { ...subject, actor, action: 'correction.record', fields, digests });
    else
      await appendAudit(tx, {
        ...subject,
        actor: SYSTEM,
        action: 'correction.import',
        fields: ['reader', ...fields],
        reason: broughtFrom,
        digests: { reader: fieldDigest(auditKey, 'reader', actor.id), ...digests },
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

/** The masks of one reading and its field; null without such a reading. */
export async function readingMasks(
  db: Queryable,
  id: string,
): Promise<(ReadingMasks & { readonly imageId: string }) | null> {
  const [row] = await db
    .select({ imageId: corrections.imageId, ...MASKS })
    .from(corrections)
    .where(eq(corrections.id, id));
  return row ?? null;
}
