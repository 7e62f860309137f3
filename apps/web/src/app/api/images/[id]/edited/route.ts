import { privateJson, route } from '../../../../../server/http/route.ts';
import { acceptMask } from '../../../../../server/masks/service.ts';
import { readBody } from '../../../../../server/uploads/read-body.ts';

/** A mask drawn on the field, its bytes as the body; a reading takes it by its receipt. */
export const POST = route<{ id: string }>(
  { name: 'masks.accept', roles: ['clinician', 'senior'] },
  async ({ request, services, session, params }) =>
    privateJson(await acceptMask(services, session, { imageId: params.id, file: await readBody(request) })),
);
