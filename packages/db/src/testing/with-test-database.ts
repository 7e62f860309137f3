import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from './create-test-database.ts';

/** Registers vitest hooks: a fresh migrated database for the suite. Call the result inside tests. */
export function withTestDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  }, 60_000);
  afterAll(async () => {
    await database?.drop();
  }, 30_000);
  return () => {
    if (!database) throw new Error('The test database is ready only inside tests.');
    return database;
  };
}
