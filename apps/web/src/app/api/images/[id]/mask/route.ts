import { privateImage, route } from '../../../../../server/http/route.ts';
import { layerImage } from '../../../../../server/images/service.ts';

export const GET = route<{ id: string }>({ name: 'images.mask' }, async ({ services, session, params }) =>
  privateImage(await layerImage(services, session, params.id, 'mask'), 'image/png'),
);
