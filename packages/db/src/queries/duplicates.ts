import type { MaturityStage } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';

/** An earlier field with the very same pixels. */
export interface Duplicate {
  readonly imageId: string;
  readonly caseId: string;
  readonly createdAt: Date;
  /** What it is settled as, stage null: not assessable. Null: it is not settled. */
  readonly settled: { readonly stage: MaturityStage | null } | null;
}

const MOST = 5;

/** Fields by the digest of their pixels, newest first, at most 5 each; `exceptCaseId` leaves out one case. */
export async function findDuplicates(
  db: Queryable,
  blobSha256: readonly string[],
  exceptCaseId?: string,
): Promise<Map<string, Duplicate[]>> {
  const result = new Map<string, Duplicate[]>();
  if (blobSha256.length === 0) return result;
  const digests = sql.join(
    [...new Set(blobSha256)].map((digest) => sql`${digest}`),
    sql`, `,
  );
  const { rows } = await db.execute<{
    blob: string;
    id: string;
    case_id: string;
    at: string;
    settled: boolean;
    stage: MaturityStage | null;
  }>(sql`
    select blob_sha256 as blob, id, case_id, created_at::text as at,
      adjudication is not distinct from 'adjudicated' as settled, adjudicated_stage as stage
    from (
      select *, row_number() over (partition by blob_sha256 order by created_at desc, id desc) as place
      from images where blob_sha256 in (${digests})
        and case_id is distinct from ${exceptCaseId ?? null}::uuid
    ) ranked join image_states on image_id = id where place <= ${MOST} order by place`);
  for (const row of rows) {
    const known = result.get(row.blob) ?? [];
    known.push({
      imageId: row.id,
      caseId: row.case_id,
      createdAt: new Date(row.at),
      settled: row.settled ? { stage: row.stage } : null,
    });
    result.set(row.blob, known);
  }
  return result;
}
