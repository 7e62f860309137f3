import { DomainError } from '@blastwise/contracts';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { type AuditKey, fieldDigest } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { notifyLive } from '../live/index.ts';
import { oneRow } from '../row-of.ts';
import { caseStates, cases, imageStates, images } from '../schema/index.ts';
import { uuidv7 } from '../uuid.ts';
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
  readonly auditKey: AuditKey;
  readonly queue: Pick<AnalysisQueue, 'enqueueAnalysis'>;
  readonly pseudonym: string;
  readonly note: string;
  readonly images: readonly NewImage[];
  /** False keeps a demonstration out of blind review, whatever chance says. */
  readonly mayBeBlind?: boolean;
}

/**
 * Accepts a case: case, images, one analysis job an image and the audit row in one transaction (R2, R23).
 * The blobs must be stored before. BAD_INPUT without images.
 */
export async function acceptCase(db: Queryable, input: NewCase): Promise<AcceptedCase> {
  const { actor, auditKey, queue, pseudonym, note, mayBeBlind = true } = input;
  if (input.images.length === 0) throw new DomainError('BAD_INPUT', 'Give at least one image.');
  return db.transaction(async (tx) => {
    const digests = input.images.map((image) => image.blobSha256);
    const duplicates = await findDuplicates(tx, digests);
    const { blindShare } = await serviceSettings(tx);
    const caseId = uuidv7();
    const blindReview = mayBeBlind && drawnForBlindReview(caseId, blindShare);
    const values = { id: caseId, pseudonym, note, submittedBy: actor.id, blindReview };
    const made = oneRow(await tx.insert(cases).values(values).returning({ createdAt: cases.createdAt }));
    await tx.insert(caseStates).values({ caseId, createdAt: made.createdAt });
    const rows = await tx
      .insert(images)
      .values(input.images.map((image, position) => ({ ...image, caseId, position })))
      .returning({ id: images.id, position: images.position, blobSha256: images.blobSha256 });
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
        images: fieldDigest(auditKey, 'images', digests.join(' ')),
      },
    });
    return {
      caseId,
      images: rows
        .toSorted((a, b) => a.position - b.position)
        .map((row) => ({ ...row, duplicates: duplicates.get(row.blobSha256) ?? [] })),
    };
  });
}
