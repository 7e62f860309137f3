import { privateImage, route } from '../../../../../../server/http/route.ts';
import { layerImage } from '../../../../../../server/images/service.ts';

export const GET = route<{ id: string; stage: string }>(
  { name: 'images.heatmap' },
  async ({ services, params }) =>
    privateImage(await layerImage(services, params.id, { heatmapOf: params.stage }), 'image/png'),
);
