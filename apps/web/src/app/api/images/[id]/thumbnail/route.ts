import { privateImage, route } from '../../../../../server/http/route.ts';
import { thumbnailImage } from '../../../../../server/images/service.ts';
import { Thumbnails } from '../../../../../server/images/thumbnails.ts';

const thumbnails = new Thumbnails();

export const GET = route<{ id: string }>(
  { name: 'images.thumbnail' },
  async ({ services, session, params }) =>
    privateImage(await thumbnailImage(services, session, params.id, thumbnails), 'image/webp'),
);
