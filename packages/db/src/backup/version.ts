import { DomainError } from '@blastwise/contracts';
import { knownMigrations } from '../migrate/index.ts';

/** What is said where migrations are not those of this version: fewer of them, or others as well. */
interface Sentences {
  readonly older: string;
  readonly newer: string;
}

export const OF_A_BACKUP: Sentences = {
  older:
    'The backup was made by an older version of Blastwise. Restore it with that version into a new database, then start this one on it, which brings it up to date.',
  newer: 'The backup was made by a newer version of Blastwise; restore it with that version.',
};

export const OF_THE_DATABASE: Sentences = {
  older:
    'The database is as an older version of Blastwise left it. Back it up with that version, or start this one on it first, which brings it up to date.',
  newer: 'A newer version of Blastwise has run on the database; back it up with that version.',
};

/** @throws DomainError CONFLICT where these are not the migrations that this version knows. */
export function refuseOtherVersion(migrations: readonly string[], { older, newer }: Sentences): void {
  const known = knownMigrations();
  if (known.join() === migrations.join()) return;
  const isOlder = known.slice(0, migrations.length).join() === migrations.join();
  throw new DomainError('CONFLICT', isOlder ? older : newer);
}
