import { DomainError } from '@blastwise/contracts';
import { asc, eq } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { type AuditKey, fieldDigest } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { notifyLive } from '../live/index.ts';
import { oneRow } from '../row-of.ts';
import { caseStates, cases, imageStates, images } from '../schema/index.ts';
import { uuidv7, uuidv8 } from '../uuid.ts';
import { drawnForBlindReview } from './blind-review.ts';
import { type Duplicate, findDuplicates } from './duplicates.ts';
import { serviceSettings } from './settings.ts';

export interface NewImage {
  readonly blobSha256: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface AcceptedCase {
  readonly caseId: string;
  /** In the order given. `duplicates`: earlier fields with the very same pixels, newest first, at most 5. */
  readonly images: { id: string; position: number; blobSha256: string; duplicates: Duplicate[] }[];
}

export interface NewCase {
  readonly actor: UserActor;
  /** Tells a submission from any other, and is the same where one is repeated. Left out: it cannot be repeated. */
  readonly submission?: string;
  readonly auditKey: AuditKey;
  readonly queue: Pick<AnalysisQueue, 'enqueueAnalysis'>;
  readonly pseudonym: string;
  readonly note: string;
  readonly images: readonly NewImage[];
  /** False keeps a demonstration out of blind review, whatever chance says. */
  readonly mayBeBlind?: boolean;
}

const FIELD = { id: images.id, position: images.position, blobSha256: images.blobSha256 };

/**
 * Accepts a case: case, images, one analysis job an image and the audit row in one transaction (R2, R23).
 * The blobs must be stored before. A repeated submission is given the case that it made and changes nothing.
 * BAD_INPUT without images; CONFLICT where a repeated submission says something else.
 */
export async function acceptCase(db: Queryable, input: NewCase): Promise<AcceptedCase> {
  const { actor, auditKey, pseudonym, note, submission, mayBeBlind = true } = input;
  if (input.images.length === 0) throw new DomainError('BAD_INPUT', 'Give at least one image.');
  return db.transaction(async (tx) => {
    const duplicates = await findDuplicates(
      tx,
      input.images.map((image) => image.blobSha256),
    );
    const { blindShare } = await serviceSettings(tx);
    // Keyed: nobody finds out beforehand which submission goes to blind review.
    const caseId =
      submission === undefined ? uuidv7() : uuidv8(fieldDigest(auditKey, 'submission', submission));
    const blindReview = mayBeBlind && drawnForBlindReview(caseId, blindShare);
    const values = { id: caseId, pseudonym, note, submittedBy: actor.id, blindReview };
    const [made] = await tx
      .insert(cases)
      .values(values)
      .onConflictDoNothing({ target: cases.id })
      .returning({ createdAt: cases.createdAt });
    const fields = made ? await addFields(tx, input, { ...made, caseId }) : await fieldsOf(tx, values);
    return {
      caseId,
      images: fields.map((field) => ({
        ...field,
        duplicates: (duplicates.get(field.blobSha256) ?? []).filter((other) => other.caseId !== caseId),
      })),
    };
  });
}

async function addFields(
  tx: Queryable,
  { actor, auditKey, queue, pseudonym, note, images: given }: NewCase,
  { caseId, createdAt }: { caseId: string; createdAt: Date },
) {
  await tx.insert(caseStates).values({ caseId, createdAt });
  const rows = await tx
    .insert(images)
    .values(given.map((image, position) => ({ ...image, caseId, position })))
    .returning(FIELD);
  await tx.insert(imageStates).values(rows.map(({ id }) => ({ imageId: id })));
  for (const { id } of rows) {
    await queue.enqueueAnalysis(tx, id);
    await notifyLive(tx, { kind: 'image', imageId: id, caseId });
  }
  await appendAudit(tx, {
    actor,
    action: 'case.accept',
    subjectKind: 'case',
    subjectId: caseId,
    fields: ['pseudonym', 'note', 'images'],
    digests: {
      pseudonym: fieldDigest(auditKey, 'pseudonym', pseudonym),
      note: fieldDigest(auditKey, 'note', note),
      images: fieldDigest(auditKey, 'images', given.map(({ blobSha256 }) => blobSha256).join(' ')),
    },
  });
  return rows.toSorted((a, b) => a.position - b.position);
}

/** The fields of a case that stands already. */
async function fieldsOf(tx: Queryable, said: { id: string; pseudonym: string; note: string }) {
  const standing = oneRow(
    await tx
      .select({ pseudonym: cases.pseudonym, note: cases.note })
      .from(cases)
      .where(eq(cases.id, said.id)),
  );
  if (standing.pseudonym !== said.pseudonym || standing.note !== said.note)
    throw new DomainError(
      'CONFLICT',
      'These images were submitted already, under another pseudonym or note; look for them in the worklist.',
    );
  return tx.select(FIELD).from(images).where(eq(images.caseId, said.id)).orderBy(asc(images.position));
}
