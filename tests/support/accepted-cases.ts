import { randomUUID } from 'node:crypto';
import { MATURITY_STAGES } from '@blastwise/contracts';
import {
  type AnalysisQueue,
  acceptCase,
  createUser,
  type DatabaseHandle,
  openAuditKey,
  SYSTEM,
  type UserActor,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import { encodePng } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';

/** No key of an installation: it keys digests of what was said, not the seals. */
export const auditKey = openAuditKey('a secret of the system tests, long enough');

/** Someone who may submit cases. */
export async function makeClinician({ db }: DatabaseHandle): Promise<UserActor> {
  const { id, role } = await createUser(db, {
    actor: SYSTEM,
    email: `${randomUUID()}@example.org`,
    name: 'A clinician',
    role: 'clinician',
    passwordHash: 'nobody signs in with this',
  });
  return { id, role };
}

/** Generated fields of all four stages, as PNG; the same seeds give the same bytes. */
export function generatedFields(count: number): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({ length: count }, (_, seed) => {
      const stage = MATURITY_STAGES[seed % MATURITY_STAGES.length] ?? 'Benign';
      return encodePng(generateField({ seed, stage }).image);
    }),
  );
}

export interface CaseToSubmit {
  handle: DatabaseHandle;
  queue: AnalysisQueue;
  blobs: BlobStore;
  actor: UserActor;
  fields: readonly Uint8Array[];
}

/** Accepts a case as the portal does; gives its identifier. */
export async function submitCase({ handle, queue, blobs, actor, fields }: CaseToSubmit): Promise<string> {
  const images = await Promise.all(
    fields.map(async (bytes) => ({
      blobSha256: await blobs.put(bytes),
      width: 224,
      height: 224,
      bytes: bytes.length,
    })),
  );
  const accepted = await acceptCase(handle.db, {
    actor,
    auditKey,
    queue,
    pseudonym: 'P-1',
    note: '',
    images,
  });
  return accepted.caseId;
}

export interface ImageResult {
  status: string;
  analyses: number;
  decisions: number;
}

/** Every field that was ever accepted, with the number of its results. */
export async function allResults({ pool }: DatabaseHandle): Promise<ImageResult[]> {
  const { rows } = await pool.query<ImageResult>(
    `select coalesce(s.status, 'lost') as status, count(distinct a.id)::int as analyses, count(d.id)::int as decisions
     from images i
     left join image_states s on s.image_id = i.id
     left join analyses a on a.image_id = i.id
     left join decisions d on d.analysis_id = a.id
     group by i.id, s.status`,
  );
  return rows;
}
