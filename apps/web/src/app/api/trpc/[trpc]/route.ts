import { handleTrpc } from '../../../../server/http/trpc-handler.ts';

const handler = (request: Request): Promise<Response> => handleTrpc(request);

export { handler as GET, handler as POST };
