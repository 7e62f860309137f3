export { createTestDatabase, type TestDatabase } from './create-test-database.ts';
export { someJudgement, someSet } from './fixtures.ts';
export { championCount, SOUND, type Standing, standingOf } from './standing.ts';
export { withTestDatabase } from './with-test-database.ts';
