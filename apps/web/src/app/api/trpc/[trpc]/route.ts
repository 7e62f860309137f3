import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { contextFromRequest } from '../../../../server/http/context.ts';
import { appRouter } from '../../../../server/router.ts';

const handler = (req: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: () => contextFromRequest(req),
    allowMethodOverride: true,
    maxBatchSize: 20,
    responseMeta: () => ({ headers: { 'cache-control': 'private, no-store' } }),
  });

export { handler as GET, handler as POST };
