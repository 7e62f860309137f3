import { DomainError } from '@blastwise/contracts';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import { describeError, type Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { PredictionService } from '../predictions/prediction-service.ts';
import { toHttpError } from './errors.ts';
import { predictRoute } from './predict-route.ts';
import { statusRoutes } from './status-routes.ts';

export interface ServerOptions {
  predictions: PredictionService;
  serviceToken: string;
  maxInFlight: number;
  metrics: Metrics;
  log: Logger;
}

/** The HTTP border: routes, errors mapped once, one log line and one measurement a request. Not yet listening. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { metrics, log, predictions } = options;

  function refuse(error: unknown, reply: FastifyReply): FastifyReply {
    const { status, headers, body, expected } = toHttpError(error);
    if (!expected) log.error({ requestId: reply.request.id, err: describeError(error) }, 'request failed');
    return reply.code(status).headers(headers).send(body);
  }

  const app = fastify({
    // Fastify's own log lines hold URLs; ours hold the route's pattern.
    logger: false,
    // A client that sends its body drop by drop gives its place back.
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, _request, reply) => {
      refuse(error, reply);
    },
  });

  app.setErrorHandler((error, _request, reply) => refuse(error, reply));
  app.setNotFoundHandler((_request, reply) =>
    refuse(new DomainError('NOT_FOUND', 'There is nothing here.'), reply),
  );
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    metrics.request(route, reply.statusCode, seconds);
    // Probes and scrapes come every few seconds.
    const level = request.method === 'GET' ? 'debug' : 'info';
    log[level]({ requestId: request.id, route, status: reply.statusCode, seconds }, 'request');
  });

  app.addHook('preClose', async () => {
    // A connection that was busy when closing began would be kept alive after its last answer.
    const closer = setInterval(() => app.server.closeIdleConnections(), 50);
    app.server.once('close', () => clearInterval(closer));
  });

  app.register(statusRoutes, { readiness: predictions.readiness, metrics });
  app.register(predictRoute, {
    predictions,
    serviceToken: options.serviceToken,
    maxInFlight: options.maxInFlight,
  });
  return app;
}
