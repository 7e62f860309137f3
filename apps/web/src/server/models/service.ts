import * as db from '@blastwise/db';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import type { ModelVersion } from './schemas.ts';

const toModel = (row: db.ModelRow): ModelVersion => ({
  digest: row.digest,
  name: row.name,
  card: row.card,
  inServiceFrom: isoOrNull(row.inServiceFrom),
  createdAt: iso(row.createdAt),
});

export async function modelInService(services: Services): Promise<ModelVersion | null> {
  const row = await db.modelInService(services.db);
  return row && toModel(row);
}

export async function listModels(services: Services): Promise<ModelVersion[]> {
  return (await db.listModels(services.db)).map(toModel);
}
