import { maturityStageSchema, type TrainingField } from '@blastwise/contracts';
import { modelInService, registeredFolder, settledFieldsWithMasks } from '@blastwise/db';
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
  const [base, fields] = await Promise.all([modelInService(db), settledFieldsWithMasks(db)]);
  const folder = base && (await registeredFolder(db, base.digest));
  const { lineage } = lineageSchema.parse(base?.manifest ?? {});
  const known = new Map(lineage?.corrections.map(({ id, stage }) => [id, stage]));
  const isReserved = ({ group }: TrainingField) => reservedForTest(group);
  return {
    base: base && { digest: base.digest, name: base.name },
    settled: fields.length,
    cases: new Set(fields.map(({ group }) => group)).size,
    reserved: fields.filter(isReserved).length,
    fresh: fields.filter((field) => !isReserved(field) && known.get(field.id) !== field.stage).length,
    folder: folder && {
      ...folder,
      edited: fields.filter((field) => field.masks && !isReserved(field)).length,
    },
  };
}
