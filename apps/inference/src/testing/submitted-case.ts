import { randomUUID } from 'node:crypto';
import {
  type AnalysisQueue,
  acceptCase,
  createUser,
  openAuditKey,
  type Queryable,
  SYSTEM,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';

const auditKey = openAuditKey('a secret of the tests, long enough for a key');

export interface Submission {
  db: Queryable;
  queue: AnalysisQueue;
  blobs: BlobStore;
  /** Encoded fields, in order. */
  fields: Uint8Array[];
}

/** Accepts one case with the fields, of a patient of its own, as the portal does; gives the images' identifiers. */
export async function submitCase({ db, queue, blobs, fields }: Submission): Promise<string[]> {
  const user = await createUser(db, {
    actor: SYSTEM,
    email: `${randomUUID()}@example.org`,
    name: 'A clinician',
    role: 'clinician',
    passwordHash: 'none',
  });
  const images = await Promise.all(
    fields.map(async (bytes) => ({
      blobSha256: await blobs.put(bytes),
      width: 40,
      height: 30,
      bytes: bytes.length,
    })),
  );
  const actor = { id: user.id, role: user.role };
  const pseudonym = `P-${randomUUID()}`;
  const accepted = await acceptCase(db, { actor, auditKey, queue, pseudonym, note: '', images });
  return accepted.images.map((image) => image.id);
}
