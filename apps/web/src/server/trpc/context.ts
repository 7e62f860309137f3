import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';

/** What every procedure gets; built once a request, for HTTP calls and for server components alike. */
export interface Context {
  services: Services;
  /** Null: nobody is signed in, or the session ended. */
  session: ActiveSession | null;
  /** The browser's page is ours (`Origin` equals our host), or the call does not come from a browser at all. */
  sameOrigin: boolean;
}
