import { privateDrawing, route } from '../../../../../../server/http/route.ts';
import { modelPlot } from '../../../../../../server/models/service.ts';

export const GET = route<{ digest: string; name: string }>(
  { name: 'models.plot', roles: ['admin'] },
  async ({ services, params }) => privateDrawing(await modelPlot(services, params)),
);
