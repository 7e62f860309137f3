import type { Decision, MaturityStage } from '@blastwise/contracts';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, caseStates, cases, decisions, imageStates, images } from '../schema/index.ts';
import { firstReadings } from './first-readings.ts';
import { isNoDemo, patientOfCase } from './patients.ts';

/** A field that somebody has read, and whose it is. */
interface ReadField {
  readonly caseId: string;
  /** Cases of one patient are alike. */
  readonly patient: string;
  /** When it was first read. */
  readonly at: Date;
}

/** A field of a case in blind review that somebody has read, with the decision that stood when it was first read. */
export interface BlindlyReadField extends ReadField {
  readonly decision: Pick<Decision, 'stage' | 'defer'>;
  /** Whose result the decision rests on. */
  readonly modelDigest: string;
  /**
   * What a senior, flow cytometry or genetics settled, else what the first reader said without the AI; null: not
   * assessable. Readers who agree by eye count no more than the first: one of them may have come round on seeing the AI,
   * and where none has, they agree with the first.
   */
  readonly actual: MaturityStage | null;
}

/** In the order of being read. */
export async function blindlyReadFields(db: Queryable): Promise<BlindlyReadField[]> {
  const first = firstReadings(db);
  const decisionAtFirst = sql`(select id from decisions as told where told.analysis_id = ${imageStates.analysisId}
    order by told.created_at > ${first.createdAt}, abs(extract(epoch from told.created_at - ${first.createdAt})), told.id limit 1)`;
  return db
    .select({
      caseId: images.caseId,
      patient: patientOfCase,
      at: first.createdAt,
      decision: { stage: decisions.stage, defer: decisions.defer },
      modelDigest: analyses.modelDigest,
      actual: sql<MaturityStage | null>`case when ${imageStates.adjudication} = 'adjudicated'
        and ${imageStates.adjudicationWhy} in ('senior', 'confirmation')
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

/** Cases that chance has drawn for blind review, and how many of them are read, every field of them. */
export async function blindSample(db: Queryable): Promise<{ drawn: number; read: number }> {
  const [row] = await db
    .select({
      drawn: sql<number>`count(*)::int`,
      read: sql<number>`count(*) filter (where ${caseStates.status} = 'corrected')::int`,
    })
    .from(cases)
    .innerJoin(caseStates, eq(caseStates.caseId, cases.id))
    .where(eq(cases.blindReview, true));
  return { drawn: row?.drawn ?? 0, read: row?.read ?? 0 };
}

/** The first reading of a field by somebody who saw an answer, and whether it names another. */
export interface SeenReading extends ReadField {
  readonly overridden: boolean;
}

/** Of every field, of cases neither blind nor demonstrations, that was not deferred, in the order of being read. */
export async function seenReadings(db: Queryable): Promise<SeenReading[]> {
  const first = firstReadings(db);
  return db
    .select({
      caseId: images.caseId,
      patient: patientOfCase,
      at: first.createdAt,
      overridden: sql<boolean>`${first.stage} is distinct from ${decisions.stage}`,
    })
    .from(first)
    .innerJoin(images, eq(images.id, first.imageId))
    .innerJoin(cases, and(eq(cases.id, images.caseId), eq(cases.blindReview, false), isNoDemo))
    .innerJoin(decisions, and(eq(decisions.id, first.decisionId), eq(decisions.defer, false)))
    .orderBy(asc(first.createdAt), asc(images.id));
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
