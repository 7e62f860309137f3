import type { UserActor } from '../actor.ts';
import type { AuditKey } from '../audit/index.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { unbuilt } from '../unbuilt.ts';

export interface NewImage {
  readonly blobSha256: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface Duplicate {
  readonly imageId: string;
  readonly caseId: string;
  readonly createdAt: Date;
}

export interface AcceptedCase {
  readonly caseId: string;
  /** In the order given. `duplicates`: earlier fields with the very same pixels, newest first, at most 5. */
  readonly images: { id: string; position: number; blobSha256: string; duplicates: Duplicate[] }[];
}

/**
 * Accepts a case: case, images, one analysis job an image and the audit row in one transaction (R2, R23).
 * The blobs must be stored before. BAD_INPUT without images.
 */
export async function acceptCase(
  db: Queryable,
  input: {
    actor: UserActor;
    auditKey: AuditKey;
    queue: AnalysisQueue;
    pseudonym: string;
    note: string;
    images: NewImage[];
  },
): Promise<AcceptedCase> {
  return unbuilt(db, input);
}

/** Earlier fields with the same pixels, for a warning before anything is stored. */
export async function findDuplicates(
  db: Queryable,
  blobSha256: readonly string[],
): Promise<Map<string, Duplicate[]>> {
  return unbuilt(db, blobSha256);
}
