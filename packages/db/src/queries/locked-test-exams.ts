import { sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import type { LockedTestSetRow } from '../rows.ts';
import {
  lockedTestComparisons,
  lockedTestOutcomes,
  lockedTestSets,
  lockedTestUses,
} from '../schema/index.ts';

/** The set and every other that shows some of the same fields, directly or by another one. */
const exam = sql`(with recursive exam(id) as (
    select locked_test_sets.id
    union
    select case when c.images_id = exam.id then c.features_id else c.images_id end
    from exam join ${lockedTestComparisons} c on c.shared > 0 and exam.id in (c.images_id, c.features_id))
  select id from exam)`;

/** A use counts from the moment it is asked for, unless it failed and showed nothing; guarding another set's counts too. */
const used = sql<number>`(select count(*)::int from ${lockedTestUses} u
  left join ${lockedTestOutcomes} o on o.use_id = u.id
  where o.failure is null and (u.set_id in ${exam} or (o.judgement -> 'guard' ->> 'setId')::uuid in ${exam}))`;

/** The smallest of the exam: shared by fewer uses, alpha is never overspent. */
const budget = sql<number>`(select min(s.budget) from ${lockedTestSets} s where s.id in ${exam})`;

const sharesWith = sql<LockedTestSetRow['sharesWith']>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.created_at, s.id), '[]'::jsonb)
  from ${lockedTestSets} s where s.id in ${exam} and s.id <> locked_test_sets.id)`;

/** What a set shares with the others of its exam. */
export const examColumns = { budget, used, sharesWith };

/** A set of images and one of features of which nobody has looked yet whether they show the same fields. */
export interface UncomparedSets {
  readonly imagesId: string;
  readonly featuresId: string;
}

/** The oldest first. */
export async function uncomparedSets(db: Queryable): Promise<UncomparedSets[]> {
  const { rows } = await db.execute<UncomparedSets & Record<string, unknown>>(sql`
    select i.id as "imagesId", f.id as "featuresId"
    from ${lockedTestSets} i join ${lockedTestSets} f on i.images is not null and f.images is null
    where not exists (select 1 from ${lockedTestComparisons} c where c.images_id = i.id and c.features_id = f.id)
    order by greatest(i.created_at, f.created_at), i.id, f.id`);
  return rows;
}

/** Keeps how many images of one set are fields of the other; once for two sets. */
export async function recordSetComparison(
  db: Queryable,
  comparison: UncomparedSets & { readonly shared: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(lockedTestComparisons)
      .values(comparison)
      .onConflictDoNothing()
      .returning({ id: lockedTestComparisons.imagesId });
    if (made.length === 0) return;
    const event = { actor: SYSTEM, action: 'locked-test.compare', subjectKind: 'locked-test' } as const;
    await appendAudit(tx, { ...event, subjectId: comparison.imagesId, fields: ['featuresId', 'shared'] });
    await notifyLive(tx, { kind: 'models' });
  });
}
