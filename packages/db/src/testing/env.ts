/**
 * An owner URL of an outside server for the tests; the run's own embedded server passes its URL on by it, too.
 * Only ever a server for tests: databases are made on it and its application role gets a known password.
 */
export const TEST_DATABASE_VARIABLE = 'BLASTWISE_TEST_DATABASE_URL';

export const testDatabaseUrl = (): string | undefined => process.env[TEST_DATABASE_VARIABLE];

export function setTestDatabaseUrl(url: string | undefined): void {
  if (url === undefined) delete process.env[TEST_DATABASE_VARIABLE];
  else process.env[TEST_DATABASE_VARIABLE] = url;
}
