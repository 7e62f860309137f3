import type { UserActor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';

export interface ServiceSettings {
  readonly aiEnabled: boolean;
}

export async function serviceSettings(db: Queryable): Promise<ServiceSettings> {
  return unbuilt(db);
}

/** R12: with the AI off, fields are accepted and read, and no result is shown or made. */
export async function setAiEnabled(
  db: Queryable,
  input: { actor: UserActor; enabled: boolean; reason: string },
): Promise<ServiceSettings> {
  return unbuilt(db, input);
}
