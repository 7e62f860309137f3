import { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '../router.ts';
import { type Services, services } from '../services.ts';
import { failureOf } from '../trpc/error-shape.ts';
import { contextFromRequest } from './context.ts';
import { privateJson } from './route.ts';

export const TRPC_ENDPOINT = '/api/trpc';
/** Browsers open event streams by GET; their address holds the procedure's name and nothing else. */
const STREAMS = new Set([`${TRPC_ENDPOINT}/live.events`]);

/** A submission of 200 receipts has about 100 kB. */
const LARGEST_CALL = 1_000_000;

/** Next reads a body of any size into memory: one without a length, or with too great a one, is not read at all. */
const isTooLarge = ({ headers }: Request): boolean =>
  headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > LARGEST_CALL;

/** Calls of procedures. Everything but streams goes by POST: an input in an address would end in logs and histories (R17). */
export async function handleTrpc(req: Request, open: () => Services = services): Promise<Response> {
  if (req.method === 'GET' && !STREAMS.has(new URL(req.url).pathname)) {
    return privateJson({ error: { code: 'BAD_INPUT', message: 'Procedures are called by POST.' } }, 405);
  }
  if (isTooLarge(req)) {
    return privateJson({ error: { code: 'BAD_INPUT', message: 'This request is too large.' } }, 413);
  }
  return fetchRequestHandler({
    endpoint: TRPC_ENDPOINT,
    req,
    router: appRouter,
    createContext: () => contextFor(req, open),
    allowMethodOverride: true,
    maxBatchSize: 20,
    responseMeta: () => ({ headers: { 'cache-control': 'private, no-store' } }),
  });
}

async function contextFor(req: Request, open: () => Services) {
  try {
    return await contextFromRequest(req, open());
  } catch (error) {
    throw failureOf('session', new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error }));
  }
}
