import type { Role } from '@blastwise/contracts';
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { fieldsOf, messageOf, reasonOf } from './error-shape.ts';

export interface ProcedureMeta {
  /** Who may call it; the access tests read this. */
  roles: readonly Role[];
}

export const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => ({
      code: shape.code,
      message: messageOf(error),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        reason: reasonOf(error),
        fields: fieldsOf(error),
      },
    }),
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 45_000 },
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
