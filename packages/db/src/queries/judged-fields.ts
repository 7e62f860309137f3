import type { JudgedAnswer, JudgedSide, MaturityStage } from '@blastwise/contracts';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { cases, judgedFields } from '../schema/index.ts';
import { patientOfCase } from './patients.ts';

/** One field of a judgement with what both models said of it. */
export interface JudgedField {
  readonly side: JudgedSide;
  /** From 0, within its side. */
  readonly place: number;
  /** The reserved field; null in a locked set. */
  readonly imageId: string | null;
  readonly group: string;
  readonly actual: MaturityStage;
  readonly champion: JudgedAnswer;
  readonly challenger: JudgedAnswer;
}

/** Rows of one statement, whose parameters are limited to 65,535. */
const ROWS = 2_000;

/** Keeps the answers of a judgement, in the transaction that stores its verdict. */
export async function keepJudgedFields(
  tx: Queryable,
  useId: string,
  fields: readonly JudgedField[],
): Promise<void> {
  for (let first = 0; first < fields.length; first += ROWS)
    await tx
      .insert(judgedFields)
      .values(fields.slice(first, first + ROWS).map((field) => ({ ...field, useId })));
}

/** The judgements that each patient took part in as a reserved one. */
export async function reservedUses(db: Queryable): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await db.execute<{ patient: string; uses: string[] }>(sql`
    select patient, array_agg(distinct use_id::text) as uses from (
      select f.use_id, ${patientOfCase} as patient
      from judged_fields f join images i on i.id = f.image_id join ${cases} on ${cases.id} = i.case_id
      where f.side = 'reserved') reserved group by patient`);
  return new Map(rows.map(({ patient, uses }) => [patient, uses]));
}

/** A field that two models were both asked about in judgements, not necessarily in the same one. */
export interface ComparedField extends Pick<JudgedField, 'side' | 'place' | 'imageId' | 'group' | 'actual'> {
  /** The set whose judgement it was part of. */
  readonly setId: string;
  readonly setName: string;
  /** Whether the set holds images and not only features. */
  readonly setHasImages: boolean;
  /** The case of a reserved field. */
  readonly caseId: string | null;
  /** Whether that case is in blind review. */
  readonly blind: boolean;
  readonly first: JudgedAnswer;
  readonly second: JudgedAnswer;
}

const answersAs = (role: 'champion' | 'challenger', digest: string): SQL => sql`
  select u.set_id, u.created_at, f.side, f.place, f.image_id, f."group", f.actual, f.${sql.raw(role)} as answer
  from judged_fields f join locked_test_uses u on u.id = f.use_id
  where u.${sql.raw(role)}_digest = ${digest}`;

/** A reserved field is the same in every judgement, a locked one in every judgement on its set. */
const answersOf = (digest: string): SQL => sql`
  select distinct on (field) * from (
    select coalesce(image_id::text, set_id || ' ' || place) as field, answers.*
    from (${answersAs('champion', digest)} union all ${answersAs('challenger', digest)}) answers
  ) keyed order by field, created_at desc`;

/** Every field that both models were asked about, with their latest answers, in the order of the sets. */
export async function comparedFields(
  db: Queryable,
  { first, second }: { first: string; second: string },
): Promise<ComparedField[]> {
  const { rows } = await db.execute<ComparedField & Record<string, unknown>>(sql`
    select a.set_id as "setId", s.name as "setName", s.images is not null as "setHasImages", a.side, b.place,
      a.image_id as "imageId", i.case_id as "caseId", coalesce(${cases.blindReview}, false) as blind,
      case when ${cases.id} is null then a."group" else ${patientOfCase}::text end as "group", b.actual, a.answer as first, b.answer as second
    from (${answersOf(first)}) a
    join (${answersOf(second)}) b on b.field = a.field
    join locked_test_sets s on s.id = a.set_id
    left join images i on i.id = a.image_id
    left join ${cases} on ${cases.id} = i.case_id
    order by a.side, s.created_at, s.id, b.place, a.field`);
  return rows;
}
