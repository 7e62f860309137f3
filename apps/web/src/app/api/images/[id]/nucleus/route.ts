import { privateImage, route } from '../../../../../server/http/route.ts';
import { layerImage } from '../../../../../server/images/service.ts';

export const GET = route<{ id: string }>({ name: 'images.nucleus' }, async ({ services, params }) =>
  privateImage(await layerImage(services, params.id, 'nucleus'), 'image/png'),
);
