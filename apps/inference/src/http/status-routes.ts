import type { Readiness } from '@blastwise/contracts';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics/metrics.ts';

export interface StatusRouteOptions {
  readiness: () => Readiness;
  metrics: Metrics;
}

/** `/healthz`: the process answers. `/readyz`: a model answers too. `/metrics`: Prometheus text. */
export async function statusRoutes(app: FastifyInstance, options: StatusRouteOptions): Promise<void> {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = options.readiness();
    reply.code(readiness.ready ? 200 : 503);
    return readiness;
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(options.metrics.contentType);
    return options.metrics.text();
  });
}
