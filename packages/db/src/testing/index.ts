export * from './withTestDatabase.ts';
