export { createTestDatabase, type TestDatabase } from './create-test-database.ts';
export { withTestDatabase } from './with-test-database.ts';
