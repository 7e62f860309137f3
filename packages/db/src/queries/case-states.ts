import type { MaturityStage } from '@blastwise/contracts';
import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, caseStates, corrections, costMatrices, decisions, imageStates } from '../schema/index.ts';

/** Where one field stands; a field that somebody has read is done, whatever the network made of it. */
export const imageWorkStatus: SQL<'queued' | 'failed' | 'deferred' | 'analysed' | 'corrected'> = sql`case
  when ${imageStates.correctionId} is not null then 'corrected'
  when ${imageStates.status} <> 'analysed' then ${imageStates.status}
  when ${decisions.defer} then 'deferred'
  else 'analysed' end`;

/** What is held to be true of one field: what was settled, else the latest reading, else the decision. */
export const standingStage: SQL<MaturityStage | null> = sql`case
  when ${imageStates.adjudication} = 'adjudicated' then ${imageStates.adjudicatedStage}
  when ${imageStates.correctionId} is not null then ${corrections.stage}
  else ${decisions.stage} end`;

/**
 * What a reading of a field is worth to training, 0..1: the mean of how spread its probabilities are (entropy over that of
 * four equal ones), how close the two likeliest stages lie, its expected cost against that of a second reading, and how
 * unlike the training fields it is. `informationOf` of packages/model is the definition; tests/service holds the two together.
 */
export const informationParts = {
  spread: sql<number>`(select -sum(p * ln(greatest(p, 1e-12))) / ln(4)
    from jsonb_each_text(${analyses.probabilities}) as stage (name, text),
      lateral (select text::float8 as p) as probability)`,
  closeness: sql<number>`(1 - ${analyses.margin})`,
  cost: sql<number>`(case when ${costMatrices.referralCost} > 0
    then least(1, ${decisions.expectedCost} / ${costMatrices.referralCost}) else 1 end)`,
  novelty: sql<number>`least(1, coalesce((${analyses.outOfDistribution} ->> 'score')::float8, 0))`,
} as const;

const { spread, closeness, cost, novelty } = informationParts;
export const information: SQL<number | null> = sql`((${spread} + ${closeness} + ${cost} + ${novelty}) / 4)`;

/** Keeps other changes of these cases' fields out until the transaction ends. Always before any field is locked. */
export async function lockCases(tx: Queryable, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  await tx
    .select({ id: caseStates.caseId })
    .from(caseStates)
    .where(inArray(caseStates.caseId, [...caseIds]))
    .orderBy(asc(caseStates.caseId))
    .for('update');
}

/** Locks the case of a field and returns its id; null without such a field. */
export async function lockCaseOf(tx: Queryable, imageId: string): Promise<string | null> {
  const { rows } = await tx.execute<{ case_id: string }>(
    sql`select case_id from images where id = ${imageId}`,
  );
  const caseId = rows[0]?.case_id;
  if (caseId === undefined) return null;
  await lockCases(tx, [caseId]);
  return caseId;
}

/** Draws the worklist's line of locked cases anew from their fields' states. */
export async function refreshCases(tx: Queryable, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  const list = sql.join(
    caseIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  await tx.execute(sql`
    with field as (
      select images.case_id, ${imageWorkStatus} as status, ${standingStage} as stage, image_states.adjudication,
        cases.blind_review as blind, decisions.expected_cost, analyses.margin,
        ${information} as information, not analyses.assessable as not_assessable,
        (analyses.out_of_distribution ->> 'flag')::boolean as out_of_distribution,
        jsonb_array_length(analyses.prediction_set) as set_size
      from images
      join cases on cases.id = images.case_id
      join image_states on image_states.image_id = images.id
      left join analyses on analyses.id = image_states.analysis_id
      left join decisions on decisions.id = image_states.decision_id
      left join cost_matrices on cost_matrices.id = decisions.cost_matrix_id
      left join corrections on corrections.id = image_states.correction_id
      where images.case_id in (${list})
    ), known as (
      -- Of what is not yet read, unless the case is in blind review.
      select *, status <> 'corrected' and not blind as told from field
    ), line as (
      select case_id,
        case when bool_or(status = 'failed') then 'failed'
          when bool_or(status = 'queued') then 'queued'
          when bool_or(status = 'deferred' and not blind) then 'deferred'
          when bool_or(status <> 'corrected') then 'analysed'
          else 'corrected' end as status,
        coalesce(jsonb_agg(distinct stage) filter (where stage is not null and (told or status = 'corrected')), '[]') as stages,
        coalesce(max(expected_cost) filter (where told), -1) as expected_cost,
        coalesce(min(margin) filter (where told), 2) as margin,
        coalesce(max(information) filter (where told), -1) as information,
        coalesce(bool_or(not_assessable) filter (where told), false) as not_assessable,
        coalesce(bool_or(out_of_distribution) filter (where told), false) as out_of_distribution,
        coalesce(max(set_size) filter (where told), 0) as set_size,
        coalesce(bool_or(adjudication = 'disputed'), false) as disputed,
        coalesce(bool_or(adjudication = 'open'), false) as awaits_reader
      from known group by case_id
    ), latest as (
      select distinct on (case_id) case_id, readings from signatures where case_id in (${list})
      order by case_id, signed_at desc, id desc
    ), signed as (
      -- Readings only grow: more than there were means one since.
      select latest.case_id, case when count(*) > latest.readings then 'changed' else 'signed' end as sign_off
      from latest join images on images.case_id = latest.case_id join corrections on corrections.image_id = images.id
      group by latest.case_id, latest.readings
    )
    update case_states set status = line.status, stages = line.stages, expected_cost = line.expected_cost,
      margin = line.margin, information = line.information, not_assessable = line.not_assessable,
      out_of_distribution = line.out_of_distribution, set_size = line.set_size, disputed = line.disputed, awaits_reader = line.awaits_reader,
      sign_off = signed.sign_off
    from line left join signed on signed.case_id = line.case_id where case_states.case_id = line.case_id`);
}

/** Locks and returns the state of one field, its case having been locked before. */
export async function lockImageState(tx: Queryable, imageId: string) {
  const [state] = await tx.select().from(imageStates).where(eq(imageStates.imageId, imageId)).for('update');
  return state ?? null;
}
