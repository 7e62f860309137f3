import {
  DomainError,
  maturityStageSchema,
  type PassedOver,
  sha256Schema,
  type TrainingField,
  withdrawnFieldSchema,
} from '@blastwise/contracts';
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../client.ts';
import type { ModelRow } from '../rows.ts';
import { images, modelVersions } from '../schema/index.ts';
import { findModel } from './models.ts';

const learnedSchema = z.array(z.object({ id: z.string(), group: z.string(), stage: maturityStageSchema }));

/** Of a model's manifest, what it and the models before it have learned; one that was trained from images has none. */
const lineageSchema = z.object({
  lineage: z
    .object({ base: sha256Schema, corrections: learnedSchema, withdrawn: learnedSchema.default([]) })
    .optional(),
});

type Learned = z.output<typeof learnedSchema>[number];

/** What a training of the model in service starts from. */
export interface TrainingBase {
  readonly model: ModelRow;
  /** Null: it is the model in service. */
  readonly passedOver: PassedOver | null;
}

/**
 * The model in service, or, where it has learned a label of a field here that was withdrawn since (no longer settled, or as
 * another stage), the last model before it that had not: weights do not unlearn.
 *
 * @throws DomainError CONFLICT where that one is not registered.
 */
export async function trainingBase(
  db: Queryable,
  serving: ModelRow,
  settled: readonly TrainingField[],
): Promise<TrainingBase> {
  const stageOf = new Map(settled.map(({ id, stage }) => [id, stage]));
  let passedOver: PassedOver | null = null;
  for (let model = serving; ; ) {
    const { lineage } = lineageSchema.parse(model.manifest);
    const learned = lineage ? [...lineage.corrections, ...lineage.withdrawn] : [];
    const withdrawn = await fieldsHere(
      db,
      learned.filter(({ id, stage }) => stageOf.get(id) !== stage),
    );
    if (!lineage || withdrawn.length === 0) return { model, passedOver };
    passedOver ??= { digest: serving.digest, fields: withdrawn };
    model = await modelBefore(db, lineage.base);
  }
}

/** Corrections of another installation were not withdrawn here. */
async function fieldsHere(db: Queryable, learned: readonly Learned[]): Promise<PassedOver['fields']> {
  const named = new Map(
    learned.flatMap((field) => {
      const { success, data } = withdrawnFieldSchema.safeParse(field);
      return success ? [[data.id, data]] : [];
    }),
  );
  if (named.size === 0) return [];
  const rows = await db
    .select({ id: images.id })
    .from(images)
    .where(inArray(images.id, [...named.keys()]))
    .orderBy(images.id);
  return rows.flatMap(({ id }) => named.get(id) ?? []);
}

async function modelBefore(db: Queryable, digest: string): Promise<ModelRow> {
  if ((await db.$count(modelVersions, inArray(modelVersions.digest, [digest]))) > 0)
    return findModel(db, digest);
  throw new DomainError(
    'CONFLICT',
    `The model in service has learned labels that were withdrawn since, and the model ${digest.slice(0, 12)} before it is not registered: add it with blastwise models add, so that a training can start from it.`,
  );
}
