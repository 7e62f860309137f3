import { deployWhereUnchosen, type Queryable, registerModel, SYSTEM } from '@blastwise/db';
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
  await registerModel(db, { actor: SYSTEM, reason: 'The service was started with it.', ...model });
  await deployWhereUnchosen(db, { actor: SYSTEM, digest: model.digest, takeOver });
}
