import type { Decision, MaturityStage } from '@blastwise/contracts';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, cases, corrections, decisions, imageStates, images } from '../schema/index.ts';

/** A field of a case in blind review that somebody has read, with the decision that stood when it was first read. */
export interface BlindlyReadField {
  readonly caseId: string;
  /** When it was first read. */
  readonly at: Date;
  readonly decision: Pick<Decision, 'stage' | 'defer'>;
  /** Whose result the decision rests on. */
  readonly modelDigest: string;
  /** The settled stage, else what its first reader said without the AI; null: not assessable. */
  readonly actual: MaturityStage | null;
}

/** In the order of being read. */
export async function blindlyReadFields(db: Queryable): Promise<BlindlyReadField[]> {
  const first = db
    .selectDistinctOn([corrections.imageId], {
      imageId: corrections.imageId,
      stage: corrections.stage,
      createdAt: corrections.createdAt,
    })
    .from(corrections)
    .orderBy(corrections.imageId, asc(corrections.createdAt), asc(corrections.id))
    .as('first');
  const decisionAtFirst = sql`(select id from decisions as told where told.analysis_id = ${imageStates.analysisId}
    order by told.created_at > ${first.createdAt}, abs(extract(epoch from told.created_at - ${first.createdAt})), told.id limit 1)`;
  return db
    .select({
      caseId: images.caseId,
      at: first.createdAt,
      decision: { stage: decisions.stage, defer: decisions.defer },
      modelDigest: analyses.modelDigest,
      actual: sql<MaturityStage | null>`case when ${imageStates.adjudication} = 'adjudicated'
        then ${imageStates.adjudicatedStage} else ${first.stage} end`,
    })
    .from(first)
    .innerJoin(images, eq(images.id, first.imageId))
    .innerJoin(cases, and(eq(cases.id, images.caseId), eq(cases.blindReview, true)))
    .innerJoin(imageStates, eq(imageStates.imageId, images.id))
    .innerJoin(decisions, eq(decisions.id, decisionAtFirst))
    .innerJoin(analyses, eq(analyses.id, decisions.analysisId))
    .orderBy(asc(first.createdAt), asc(images.id));
}

/** The first reading of a field by somebody who saw an answer, and whether it names another. */
export interface SeenReading {
  readonly caseId: string;
  readonly at: Date;
  readonly overridden: boolean;
}

/** Of every field that was not deferred, in the order of being read. */
export async function seenReadings(db: Queryable): Promise<SeenReading[]> {
  const rows = await db
    .selectDistinctOn([corrections.imageId], {
      caseId: images.caseId,
      at: corrections.createdAt,
      overridden: sql<boolean>`${corrections.stage} is distinct from ${decisions.stage}`,
    })
    .from(corrections)
    .innerJoin(images, eq(images.id, corrections.imageId))
    .innerJoin(cases, and(eq(cases.id, images.caseId), eq(cases.blindReview, false)))
    .innerJoin(decisions, and(eq(decisions.id, corrections.decisionId), eq(decisions.defer, false)))
    .where(isNotNull(corrections.decisionId))
    .orderBy(corrections.imageId, asc(corrections.createdAt), asc(corrections.id));
  return rows.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** Readings in blind review that their reader looked at again with the AI shown, and how many then named another stage. */
export async function blindFlips(db: Queryable): Promise<{ readAgain: number; flipped: number }> {
  const { rows } = await db.execute<{ read_again: number; flipped: number }>(sql`
    with blind as (
      select distinct on (corrections.image_id, corrections.reader_id) corrections.*
      from corrections
      join images on images.id = corrections.image_id
      join cases on cases.id = images.case_id and cases.blind_review
      order by corrections.image_id, corrections.reader_id, corrections.created_at, corrections.id
    ), again as (
      select distinct on (corrections.image_id, corrections.reader_id)
        corrections.stage is distinct from blind.stage as flipped
      from blind
      join corrections on corrections.image_id = blind.image_id and corrections.reader_id = blind.reader_id
        and corrections.decision_id is not null
      where blind.decision_id is null
      order by corrections.image_id, corrections.reader_id, corrections.created_at, corrections.id
    )
    select count(*)::int as read_again, count(*) filter (where flipped)::int as flipped from again`);
  const [row] = rows;
  return { readAgain: row?.read_again ?? 0, flipped: row?.flipped ?? 0 };
}
