import type { DatabaseHandle } from '@blastwise/db';

export interface ImageResult {
  status: string;
  failureCode: string | null;
  analyses: number;
  decisions: number;
}

/** Where each image stands and how many results it has, by identifier. */
export async function resultsOf(
  { pool }: Pick<DatabaseHandle, 'pool'>,
  imageIds: readonly string[],
): Promise<ImageResult[]> {
  const { rows } = await pool.query<ImageResult & { imageId: string }>(
    `select s.image_id as "imageId", s.status, s.failure_code as "failureCode",
       count(distinct a.id)::int as analyses, count(d.id)::int as decisions
     from image_states s
     left join analyses a on a.image_id = s.image_id
     left join decisions d on d.analysis_id = a.id
     where s.image_id = any($1::uuid[])
     group by s.image_id, s.status, s.failure_code`,
    [imageIds],
  );
  const byId = new Map(rows.map(({ imageId, ...result }) => [imageId, result]));
  return imageIds.map(
    (id) => byId.get(id) ?? { status: 'unknown', failureCode: null, analyses: 0, decisions: 0 },
  );
}

export const ANALYSED_ONCE: ImageResult = {
  status: 'analysed',
  failureCode: null,
  analyses: 1,
  decisions: 1,
};
