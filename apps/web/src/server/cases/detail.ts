import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import type { ActiveSession } from '../auth/session.ts';
import { shownReading } from '../reviews/rows.ts';
import type { Services } from '../services.ts';
import { iso } from '../shared/schemas.ts';
import { aiShown } from './ai-shown.ts';
import type { CaseDetail, Field, FieldDecision, FieldResult } from './schemas.ts';
import { shownStatus } from './shown-status.ts';

const toDecision = ({ analysisId: _, createdAt, ...decision }: db.DecisionRow): FieldDecision => ({
  ...decision,
  decidedAt: iso(createdAt),
});

function toResult({ analysis: row, decision, decisions }: db.CaseImage): FieldResult | null {
  if (!row || !decision) return null;
  const { id, margin, maskSha256: _, nucleusSha256, heatmaps, durationMs, createdAt, ...analysis } = row;
  return {
    analysisId: id,
    analysis,
    margin,
    durationMs,
    analysedAt: iso(createdAt),
    layers: { nucleus: nucleusSha256 !== null, heatmaps: heatmaps !== null },
    decision: toDecision(decision),
    decisions: decisions.map(toDecision),
  };
}

const toField = (image: db.CaseImage, shown: boolean, blind: boolean): Field => ({
  imageId: image.id,
  position: image.position,
  width: image.width,
  height: image.height,
  bytes: image.bytes,
  sha256: image.blobSha256,
  status: shownStatus(image.status, shown),
  blind: blind && !shown,
  failureCode: shown ? image.failureCode : null,
  result: shown ? toResult(image) : null,
  adjudication: image.adjudication,
  corrections: image.corrections.map((row) => shownReading(row, shown)),
  duplicates: image.duplicates.map(({ imageId, caseId, createdAt }) => ({
    imageId,
    caseId,
    submittedAt: iso(createdAt),
  })),
});

/**
 * A case with everything a reader needs; without any result while the AI is off (R12), and in blind review without that of
 * a field which the reader has not read (R13). The reading is recorded.
 * @throws DomainError NOT_FOUND.
 */
export async function caseDetail(
  services: Services,
  session: ActiveSession,
  caseId: string,
): Promise<CaseDetail> {
  const [{ aiEnabled }, found] = await Promise.all([
    db.serviceSettings(services.db),
    db.caseDetail(services.db, caseId),
  ]);
  if (!found) throw new DomainError('NOT_FOUND', 'There is no such case.');
  await services.reads.record(services.db, session, {
    kind: 'case',
    id: caseId,
    fields: ['pseudonym', 'note', 'images', 'results', 'corrections'],
  });
  const { blindReview } = found;
  return {
    caseId: found.id,
    pseudonym: found.pseudonym,
    note: found.note,
    submittedBy: found.submittedBy,
    submittedAt: iso(found.createdAt),
    status: shownStatus(found.status, aiEnabled && !blindReview),
    blindReview,
    aiEnabled,
    fields: found.images.map((image) => {
      const hasRead = image.corrections.some(({ reader }) => reader.id === session.user.id);
      return toField(image, aiShown({ aiEnabled, blindReview, hasRead }), blindReview && aiEnabled);
    }),
    notice: RESEARCH_NOTICE,
  };
}
