import { privateImage, route } from '../../../../../server/http/route.ts';
import { maskImage } from '../../../../../server/images/service.ts';

export const GET = route<{ id: string }>({ name: 'images.mask' }, async ({ services, params }) =>
  privateImage(await maskImage(services, params.id), 'image/png'),
);
