import { DomainError } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import type { ModelVersion } from './schemas.ts';

const toModel = (row: db.ModelRow): ModelVersion => ({
  digest: row.digest,
  name: row.name,
  card: row.card,
  plots: row.plots,
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

/** One of a model's plots, SVG. @throws DomainError NOT_FOUND. */
export async function modelPlot(
  services: Pick<Services, 'db'>,
  plot: { digest: string; name: string },
): Promise<string> {
  const svg = await db.modelPlot(services.db, plot);
  if (svg === null) throw new DomainError('NOT_FOUND', 'There is no such plot.');
  return svg;
}
