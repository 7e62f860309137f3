import { DomainError, maturityStageSchema, type TrainingField } from '@blastwise/contracts';
import {
  type ModelRow,
  modelInService,
  registeredFolder,
  settledFieldsWithMasks,
  type TrainingBase,
  trainingBase,
} from '@blastwise/db';
import { reservedForTest } from '@blastwise/model/reserved';
import { z } from 'zod';
import type { Services } from '../services.ts';
import type { TrainingGround } from './schemas.ts';

/** Of a model's manifest, the fields that it was retrained from; one that was trained from images alone has none. */
const lineageSchema = z.object({
  lineage: z
    .object({ corrections: z.array(z.object({ id: z.string(), stage: maturityStageSchema })) })
    .optional(),
});

export async function trainingGround({ db }: Pick<Services, 'db'>): Promise<TrainingGround> {
  const [serving, fields] = await Promise.all([modelInService(db), settledFieldsWithMasks(db)]);
  const folder = serving && (await registeredFolder(db, serving.digest));
  const { model, passedOver, problem } = await baseOf(db, serving, fields);
  const { lineage } = lineageSchema.parse(model?.manifest ?? {});
  const known = new Map(lineage?.corrections.map(({ id, stage }) => [id, stage]));
  const isReserved = ({ group }: TrainingField) => reservedForTest(group);
  return {
    base: model && { digest: model.digest, name: model.name },
    passedOver,
    problem,
    settled: fields.length,
    patients: new Set(fields.map(({ group }) => group)).size,
    reserved: fields.filter(isReserved).length,
    fresh: fields.filter((field) => !isReserved(field) && known.get(field.id) !== field.stage).length,
    folder: folder && {
      ...folder,
      edited: fields.filter((field) => field.masks && !isReserved(field)).length,
    },
  };
}

/** What a training would start from, or why none can. */
async function baseOf(
  db: Services['db'],
  serving: ModelRow | null,
  fields: readonly TrainingField[],
): Promise<{ [Part in keyof TrainingBase]: TrainingBase[Part] | null } & { problem: string | null }> {
  const none = { model: null, passedOver: null, problem: null };
  if (!serving) return none;
  try {
    return { ...(await trainingBase(db, serving, fields)), problem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...none, model: serving, problem: error.message };
  }
}
