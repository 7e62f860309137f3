import { modelInService, type Queryable, registerModel, SYSTEM, setModelInService } from '@blastwise/db';
import type { ModelIdentity } from '../predictions/served-model.ts';

/** Makes the model known, and puts it into service where none is, or in any case with `takeOver`. */
export async function bringIntoService(
  db: Queryable,
  model: ModelIdentity,
  takeOver: boolean,
): Promise<void> {
  await registerModel(db, { actor: SYSTEM, ...model });
  if (!takeOver && (await modelInService(db))) return;
  const reason = takeOver ? 'The service was started to take over with this model.' : 'The first model.';
  await setModelInService(db, { actor: SYSTEM, digest: model.digest, reason });
}
