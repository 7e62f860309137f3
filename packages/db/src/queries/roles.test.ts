import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealAudit } from '../audit/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { recordCorrection } from './corrections.ts';
import { recordCostChoice } from './cost-choices.ts';
import { caseSigning, signCase } from './signatures.ts';

/** Tables that only grow, for the application (R1) and even for the owner. */
const FOREVER = [
  'audit_events',
  'audit_seals',
  'analyses',
  'decisions',
  'corrections',
  'cost_choices',
  'signatures',
  'cases',
  'images',
  'model_versions',
];

describe('what may never change', () => {
  const test = withTestDatabase();

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    const actor = await someone(db, 'senior');
    const made = await someCase(db, { actor });
    const imageId = made.imageIds[0] ?? '';
    const stored = await storeAnalysis(db, {
      imageId,
      analysis: someAnalysis(),
      maskSha256: digestOf('mask'),
      durationMs: 1,
      decide: decideForTests,
    });
    if (stored.outcome === 'stale-model') throw new Error('stale');
    await recordCorrection(db, {
      actor,
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId,
      seen: stored,
      correction: { stage: null, certainty: 'sure', confirmedBy: 'genetics', severity: 'none', comment: '' },
    });
    await recordCostChoice(db, {
      actor,
      auditKey: AUDIT_KEY,
      imageId,
      decisionId: stored.decisionId,
      first: 'Benign',
      second: 'Early',
      answer: 'first',
    });
    const { caseId } = made;
    const { record } = await caseSigning(db, { auditKey: AUDIT_KEY, caseId, shown: [], readings: 1 });
    await signCase(db, { actor, auditKey: AUDIT_KEY, caseId, meaning: 'approved', shown: [], record });
    await sealAudit(db, AUDIT_KEY);
  });

  const columnOf = async (table: string): Promise<string> => {
    const { rows } = await test().owner.execute<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_name = ${table}
        order by ordinal_position desc limit 1`,
    );
    return rows[0]?.name ?? '';
  };

  it.each(FOREVER)('%s: neither changed, removed nor emptied', async (table) => {
    const { db, owner } = test();
    const name = sql.identifier(table);
    const column = sql.identifier(await columnOf(table));
    const { rows } = await owner.execute(sql`select 1 from ${name}`);
    expect(rows.length).toBeGreaterThan(0);
    const tries = [
      sql`update ${name} set ${column} = ${column}`,
      sql`delete from ${name}`,
      sql`truncate ${name} cascade`,
    ];
    for (const statement of tries) {
      await expect(db.execute(statement)).rejects.toMatchObject({ code: '42501' });
      await expect(owner.execute(statement)).rejects.toMatchObject({ code: '23001' });
    }
  });

  it.each([
    'alter table users add column x int',
    'create table x (y int)',
    'drop table audit_events',
    'alter table audit_events disable trigger all',
    "set session_replication_role = 'replica'",
    'update users set email = email',
    'update cost_matrices set matrix = matrix',
    'update corrections set reader_role = reader_role',
    'update image_states set image_id = image_id',
    'update case_states set created_at = created_at',
    'update trainings set manifest = manifest',
    'update trainings set requested_by = requested_by',
    'delete from trainings',
    'delete from image_states',
    'delete from users',
    'delete from sessions',
    'delete from audit_heads',
  ])('the application may not: %s', async (statement) => {
    await expect(test().db.execute(sql.raw(statement))).rejects.toMatchObject({ code: '42501' });
  });
});
