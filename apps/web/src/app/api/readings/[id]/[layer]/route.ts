import { privateImage, route } from '../../../../../server/http/route.ts';
import { editedMask } from '../../../../../server/masks/service.ts';

export const GET = route<{ id: string; layer: string }>(
  { name: 'masks.edited' },
  async ({ services, session, params }) =>
    privateImage(await editedMask(services, session, params.id, params.layer), 'image/png'),
);
