export { createTestDatabase, type TestDatabase } from './createTestDatabase.ts';
export { withTestDatabase } from './withTestDatabase.ts';
