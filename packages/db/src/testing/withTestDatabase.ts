import type { DatabaseHandle, Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';

export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** As the application role. */
  readonly db: Queryable;
  /** As the owner, for tampering. */
  readonly owner: Queryable;
  readonly handle: DatabaseHandle;
  drop(): Promise<void>;
}

/** A fresh migrated database on the run's server; `drop()` it at the end. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return unbuilt();
}

/** Registers vitest hooks: a fresh migrated database for the suite. Call the result inside tests. */
export function withTestDatabase(): () => TestDatabase {
  return unbuilt();
}
