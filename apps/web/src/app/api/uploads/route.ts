import { privateJson, route } from '../../../server/http/route.ts';
import { readBody } from '../../../server/uploads/read-body.ts';
import { acceptUpload } from '../../../server/uploads/service.ts';

/** One image a request, its bytes as the body: the browser shows the progress of each and nothing names the file. */
export const POST = route(
  { name: 'uploads.accept', roles: ['clinician', 'senior'] },
  async ({ request, services, session }) =>
    privateJson(await acceptUpload(services, session, await readBody(request))),
);
