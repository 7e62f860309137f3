import { aliasedTable, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { lockAlone } from '../locks.ts';
import { found } from '../row-of.ts';
import type { ModelRow, ModelState } from '../rows.ts';
import {
  auditEvents,
  lockedTestOutcomes,
  lockedTestUses,
  modelDeployments,
  modelVersions,
  trainings,
  users,
} from '../schema/index.ts';
import { deploy } from './deploy.ts';

const registrar = aliasedTable(users, 'registrar');
const deployer = aliasedTable(users, 'deployer');

const lastVerdict = sql`(select o.verdict from ${lockedTestUses} u join ${lockedTestOutcomes} o on o.use_id = u.id
  where u.challenger_digest = ${modelVersions.digest} and o.verdict is not null order by u.created_at desc, u.id desc limit 1)`;

/** Who started or resumed any training that ended in this model: the same seed and fields give the same digest again. */
const trainers = sql<ModelRow['trainers']>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]'::jsonb)
  from ${users} p
  where p.id = ${modelVersions.trainedBy} or exists (
    select 1 from ${trainings} t
    left join ${auditEvents} e
      on e.subject_kind = 'training' and e.subject_id = t.id::text and e.action = 'training.resume'
    where t.result_digest = ${modelVersions.digest} and p.id in (t.requested_by, e.actor_id)))`;

const MODEL_COLUMNS = {
  digest: modelVersions.digest,
  name: modelVersions.name,
  card: modelVersions.card,
  plots: sql<string[]>`array(select jsonb_object_keys(${modelVersions.plots}) order by 1)`,
  manifest: modelVersions.manifest,
  createdAt: modelVersions.createdAt,
  registeredBy: { id: registrar.id, name: registrar.name },
  trainers,
  inServiceFrom: modelDeployments.startedAt,
  inServiceBy: { id: deployer.id, name: deployer.name },
  state: sql<ModelState>`case
    when ${modelDeployments.id} is not null then 'champion'
    when exists (select 1 from ${modelDeployments} d where d.model_digest = ${modelVersions.digest}) then 'retired'
    when ${lastVerdict} = 'refuse' then 'refused'
    else 'challenger' end`,
};

const selectModels = (db: Queryable) =>
  db
    .select(MODEL_COLUMNS)
    .from(modelVersions)
    .leftJoin(
      modelDeployments,
      sql`${modelDeployments.modelDigest} = ${modelVersions.digest} and ${modelDeployments.endedAt} is null`,
    )
    .leftJoin(registrar, eq(registrar.id, modelVersions.registeredBy))
    .leftJoin(deployer, eq(deployer.id, modelDeployments.startedBy))
    .orderBy(desc(modelVersions.createdAt), modelVersions.digest);

/** The digest of the model in service, or null. */
export async function digestInService(db: Queryable): Promise<string | null> {
  const [row] = await db
    .select({ digest: modelDeployments.modelDigest })
    .from(modelDeployments)
    .where(isNull(modelDeployments.endedAt));
  return row?.digest ?? null;
}

export async function findModel(db: Queryable, digest: string): Promise<ModelRow> {
  const [row] = await selectModels(db).where(eq(modelVersions.digest, digest));
  return found(row, 'model');
}

/** Makes a model known; the same digest again changes nothing. Its files must be in the model store before. */
export async function registerModel(
  db: Queryable,
  input: {
    actor: Actor;
    digest: string;
    name: string;
    card: string;
    /** SVG by file name. */
    plots?: Readonly<Record<string, string>>;
    manifest: Record<string, unknown>;
    /** Where it comes from and why it is here, for the audit trail. */
    reason: string;
    /** Who started its training in the product; they do not promote it. */
    trainedBy?: string | null;
  },
): Promise<ModelRow> {
  const { actor, digest, name, card, plots = {}, manifest, reason, trainedBy = null } = input;
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(modelVersions)
      .values({ digest, name, card, plots, manifest, registeredBy: actor.id, trainedBy })
      .onConflictDoNothing()
      .returning({ digest: modelVersions.digest });
    if (made.length > 0) {
      const event = { actor, action: 'model.register', subjectKind: 'model', subjectId: digest } as const;
      await appendAudit(tx, { ...event, fields: ['name', 'card', 'plots', 'manifest', 'trainedBy'], reason });
      await notifyLive(tx, { kind: 'models' });
    }
    return findModel(tx, digest);
  });
}

/** Puts a known model into service; the one before leaves it. The model already in service: no change. */
export async function setModelInService(
  db: Queryable,
  input: { actor: Actor; digest: string; reason: string },
): Promise<ModelRow> {
  const { digest } = input;
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const model = await findModel(tx, digest);
    if (model.state === 'champion') return model;
    await deploy(tx, { ...input, action: 'model.deploy' });
    return findModel(tx, digest);
  });
}

/**
 * Puts a known model into service where none is; with `takeOver` also where another one is that nobody chose. Asked and done under
 * one lock: what is put into service meanwhile stays.
 */
export async function deployWhereUnchosen(
  db: Queryable,
  { takeOver, ...input }: { actor: Actor; digest: string; takeOver: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const serving = await modelInService(tx);
    if (serving && (!takeOver || serving.inServiceBy)) return;
    const reason = serving ? 'The service was started with this model.' : 'The first model.';
    await setModelInService(tx, { ...input, reason });
  });
}

export async function modelInService(db: Queryable): Promise<ModelRow | null> {
  const digest = await digestInService(db);
  return digest === null ? null : findModel(db, digest);
}

/** One of a model's plots, SVG; null without it. */
export async function modelPlot(
  db: Queryable,
  input: { digest: string; name: string },
): Promise<string | null> {
  const [row] = await db
    .select({ plot: sql<string | null>`${modelVersions.plots} ->> ${input.name}` })
    .from(modelVersions)
    .where(eq(modelVersions.digest, input.digest));
  return row?.plot ?? null;
}

/** Newest first. */
export async function listModels(db: Queryable): Promise<ModelRow[]> {
  return selectModels(db);
}
