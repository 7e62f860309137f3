import type { Actor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import type { ModelRow } from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';

/** Makes a model known; the same digest again changes nothing. */
export async function registerModel(
  db: Queryable,
  input: { actor: Actor; digest: string; name: string; card: string; manifest: Record<string, unknown> },
): Promise<ModelRow> {
  return unbuilt(db, input);
}

/** Puts a known model into service; the one before leaves it. The model already in service: no change. */
export async function setModelInService(
  db: Queryable,
  input: { actor: Actor; digest: string; reason: string },
): Promise<ModelRow> {
  return unbuilt(db, input);
}

export async function modelInService(db: Queryable): Promise<ModelRow | null> {
  return unbuilt(db);
}

/** Newest first. */
export async function listModels(db: Queryable): Promise<ModelRow[]> {
  return unbuilt(db);
}
