export * from './actor.ts';
export * from './audit/index.ts';
export * from './client.ts';
export * from './jobs/index.ts';
export * from './live/index.ts';
export * from './queries/index.ts';
export { databaseAway, isDatabaseAway } from './query-error.ts';
export * from './rows.ts';
export type { SignedResult } from './schema/signatures.ts';
