import * as db from '@blastwise/db';
import { LEAST_PATIENTS } from '@blastwise/model/metrics';
import { costCourse } from '../progress/service.ts';
import type { Services } from '../services.ts';
import type { ServingCourse } from './schemas.ts';

/** What each model that has served cost by week, on the blind-review sample and under the costs in force. */
export async function servingCourse({ db: database }: Services): Promise<ServingCourse> {
  const [fields, matrix, models] = await Promise.all([
    db.blindlyReadFields(database),
    db.activeCosts(database),
    db.listModels(database),
  ]);
  const own = Map.groupBy(fields, ({ modelDigest }) => modelDigest);
  return {
    costMatrix: { version: matrix.version, name: matrix.name },
    leastPatients: LEAST_PATIENTS,
    models: models.flatMap(({ digest, name, state }) => {
      const answered = own.get(digest);
      return answered ? [{ digest, name, state, course: costCourse(answered, matrix.costs, 'week') }] : [];
    }),
  };
}
