import { modelInService, type Queryable, registerModel, SYSTEM, setModelInService } from '@blastwise/db';
import type { ModelIdentity } from '../predictions/served-model.ts';

/**
 * Makes the model known, and puts it into service where none is; with `takeOver` also where another one is that nobody
 * chose, as when an update brings a new starter. What an admin promoted or rolled back to stays.
 */
export async function bringIntoService(
  db: Queryable,
  model: ModelIdentity,
  takeOver: boolean,
): Promise<void> {
  await registerModel(db, { actor: SYSTEM, ...model });
  const serving = await modelInService(db);
  if (serving && (!takeOver || serving.inServiceBy)) return;
  const reason = serving ? 'The service was started with this model.' : 'The first model.';
  await setModelInService(db, { actor: SYSTEM, digest: model.digest, reason });
}
