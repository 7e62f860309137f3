import { privateImage, route } from '../../../../../../server/http/route.ts';
import { Thumbnails } from '../../../../../../server/images/thumbnails.ts';
import { lockedThumbnail } from '../../../../../../server/models/locked-thumbnail.ts';

const thumbnails = new Thumbnails();

export const GET = route<{ setId: string; place: string }>(
  { name: 'models.lockedThumbnail', roles: ['admin'] },
  async ({ services, params }) =>
    privateImage(await lockedThumbnail(services, params, thumbnails), 'image/webp'),
);
