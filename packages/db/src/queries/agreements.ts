import type { MaturityStage } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { cases } from '../schema/index.ts';
import { patientOfCase } from './patients.ts';

/** A field that two readers have read, with the latest word of each. Stage null: not assessable. */
export interface FieldReadTwice {
  /** Named by the patient's first case. */
  readonly patient: string;
  readonly first: { readonly id: string; readonly name: string; readonly stage: MaturityStage | null };
  readonly second: { readonly id: string; readonly name: string; readonly stage: MaturityStage | null };
}

/** Every field once for each two of its readers, who come in the same order in every field. */
export async function fieldsReadTwice(db: Queryable): Promise<FieldReadTwice[]> {
  const { rows } = await db.execute<{
    patient: string;
    first_id: string;
    first_name: string;
    first_stage: MaturityStage | null;
    second_id: string;
    second_name: string;
    second_stage: MaturityStage | null;
  }>(sql`
    with standing as (
      select distinct on (corrections.image_id, corrections.reader_id)
        corrections.image_id, corrections.stage, users.id as reader_id, users.name,
        ${patientOfCase} as patient
      from corrections
      join users on users.id = corrections.reader_id
      join images on images.id = corrections.image_id
      join ${cases} on ${cases.id} = images.case_id
      order by corrections.image_id, corrections.reader_id, corrections.created_at desc, corrections.id desc
    )
    select a.patient, a.reader_id as first_id, a.name as first_name, a.stage as first_stage,
      b.reader_id as second_id, b.name as second_name, b.stage as second_stage
    from standing a
    join standing b on b.image_id = a.image_id and (a.name, a.reader_id) < (b.name, b.reader_id)
    order by a.name, a.reader_id, b.name, b.reader_id, a.image_id`);
  return rows.map((row) => ({
    patient: row.patient,
    first: { id: row.first_id, name: row.first_name, stage: row.first_stage },
    second: { id: row.second_id, name: row.second_name, stage: row.second_stage },
  }));
}
