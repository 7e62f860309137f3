/** For `globalSetup` of a room's vitest configuration: one server for the whole run. */
export { setup, teardown } from './server.ts';
