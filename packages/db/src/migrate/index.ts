export { appUrl } from './app-role.ts';
export { knownMigrations, migrate } from './migrate.ts';
export { APP_ROLE } from './roles.ts';
