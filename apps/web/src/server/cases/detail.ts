import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import { askChoice } from '@blastwise/model/costs';
import type { ActiveSession } from '../auth/session.ts';
import { shownReading } from '../reviews/rows.ts';
import type { Services } from '../services.ts';
import { iso } from '../shared/schemas.ts';
import { signingOf } from '../signatures/signing.ts';
import { aiShown } from './ai-shown.ts';
import type { CaseDetail, Field, FieldChoice, FieldDecision, FieldResult } from './schemas.ts';
import { shownStatus } from './shown-status.ts';

const toDecision = ({ analysisId: _, createdAt, ...decision }: db.DecisionRow): FieldDecision => ({
  ...decision,
  decidedAt: iso(createdAt),
});

function toResult(image: db.CaseImage): FieldResult | null {
  const { analysis: row, setLevel, assumedPrior, decision, decisions } = image;
  if (!row || !decision) return null;
  const { id, margin, maskSha256: _, nucleusSha256, heatmaps, durationMs, createdAt, ...analysis } = row;
  return {
    analysisId: id,
    analysis,
    setLevel,
    assumedPrior,
    margin,
    durationMs,
    analysedAt: iso(createdAt),
    layers: { nucleus: nucleusSha256 !== null, heatmaps: heatmaps !== null },
    decision: toDecision(decision),
    decisions: decisions.map(toDecision),
  };
}

/** What is asked of a field in doubt; an answer counts for the decision that it was given on. */
function choiceOn({ analysis, decision }: db.CaseImage, own: db.OwnChoice | undefined): FieldChoice | null {
  if (!analysis?.assessable || !decision) return null;
  const pair = askChoice({ ...decision, probabilities: analysis.probabilities });
  return pair && { ...pair, answer: own?.decisionId === decision.id ? own.answer : null };
}

/** To a blind reader a dispute over the gravity of an error would say that the AI erred. */
const shownAdjudication = (
  adjudication: db.CaseImage['adjudication'],
  blind: boolean,
): Field['adjudication'] =>
  blind && adjudication?.status === 'disputed' ? { status: 'disputed', why: null } : adjudication;

interface Onlook {
  readonly aiEnabled: boolean;
  readonly shown: boolean;
  /** The case is read blind, and the caller has not read the field. */
  readonly blind: boolean;
  readonly choice: FieldChoice | null;
}

const toField = (image: db.CaseImage, { aiEnabled, shown, blind, choice }: Onlook): Field => ({
  imageId: image.id,
  position: image.position,
  width: image.width,
  height: image.height,
  bytes: image.bytes,
  sha256: image.blobSha256,
  status: shownStatus(image.status, { aiEnabled, shown }),
  blind,
  failureCode: shown || (aiEnabled && image.status === 'failed') ? image.failureCode : null,
  result: shown ? toResult(image) : null,
  choice,
  adjudication: shownAdjudication(image.adjudication, blind),
  corrections: image.corrections.map((row) => shownReading(row, shown)),
  duplicates: image.duplicates.map(({ createdAt, ...copy }) => ({ ...copy, submittedAt: iso(createdAt) })),
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
    fields: ['pseudonym', 'note', 'images', 'results', 'corrections', 'signatures'],
  });
  const { blindReview } = found;
  const answers = await db.ownChoices(services.db, {
    readerId: session.user.id,
    imageIds: found.images.map(({ id }) => id),
  });
  const fields = found.images.map((image) => {
    const hasRead = image.corrections.some(({ reader }) => reader.id === session.user.id);
    const shown = aiShown({ aiEnabled, blindReview, hasRead });
    return toField(image, {
      aiEnabled,
      shown,
      blind: blindReview && aiEnabled && !shown,
      choice: shown && hasRead ? choiceOn(image, answers.get(image.id)) : null,
    });
  });
  return {
    caseId: found.id,
    pseudonym: found.pseudonym,
    note: found.note,
    submittedBy: found.submittedBy,
    submittedAt: iso(found.createdAt),
    status: shownStatus(found.status, { aiEnabled, shown: aiEnabled && !blindReview }),
    blindReview,
    aiEnabled,
    fields,
    signing: await signingOf(services, caseId, fields),
    notice: RESEARCH_NOTICE,
  };
}
