export { createTestDatabase, type TestDatabase } from './create-test-database.ts';
export {
  decideForTests,
  someAnalysis,
  someCase,
  someJudgement,
  someModel,
  someone,
  someReading,
  someSet,
} from './fixtures.ts';
export { type HeldBlob, holdBlob } from './hold-blob.ts';
export { championCount, SOUND, type Standing, standingOf } from './standing.ts';
export { withTestDatabase } from './with-test-database.ts';
