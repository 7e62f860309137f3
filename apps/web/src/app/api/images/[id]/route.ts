import { privateImage, route } from '../../../../server/http/route.ts';
import { originalImage } from '../../../../server/images/service.ts';

export const GET = route<{ id: string }>({ name: 'images.original' }, async ({ services, session, params }) =>
  privateImage(await originalImage(services, session, params.id), 'image/png'),
);
