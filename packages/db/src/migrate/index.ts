export { appUrl } from './appRole.ts';
export { migrate } from './migrate.ts';
export { APP_ROLE } from './roles.ts';
