import { DomainError, IMAGE_LIMITS, type PredictResponse, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { FastifyInstance } from 'fastify';
import type { PredictionService } from '../predictions/prediction-service.ts';
import { createTokenCheck } from './token.ts';

export interface PredictRouteOptions {
  predictions: PredictionService;
  serviceToken: string;
  /** Requests whose bodies may be in memory at once; one more is refused before its body is read. */
  maxInFlight: number;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** `POST /v1/predict`: image bytes in; analysis, masks and heatmaps out. */
export async function predictRoute(app: FastifyInstance, options: PredictRouteOptions): Promise<void> {
  const checkToken = createTokenCheck(options.serviceToken);
  let inFlight = 0;

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^(image\/[\w.+-]+|application\/octet-stream)\s*(;|$)/i,
    { parseAs: 'buffer', bodyLimit: IMAGE_LIMITS.bytes },
    (_request, body, done) => done(null, body),
  );

  app.addHook('onRequest', async (request, reply) => {
    checkToken(request.headers.authorization);
    const { ready, reason } = options.predictions.readiness();
    if (!ready) throw new DomainError('UNAVAILABLE', `No prediction can be made. ${reason ?? ''}`.trim());
    if (inFlight >= options.maxInFlight) {
      throw new DomainError('OVERLOADED', 'Too many images are waiting; try again shortly.');
    }
    inFlight += 1;
    reply.raw.once('close', () => {
      inFlight -= 1;
    });
  });

  app.post('/v1/predict', async (request): Promise<PredictResponse> => {
    const { body } = request;
    if (!Buffer.isBuffer(body) || body.length === 0) {
      throw new DomainError('IMAGE_EMPTY', 'The image has no bytes.');
    }
    const { analysis, maskPng, nucleusPng, heatmapPngs } = await options.predictions.analyse(body);
    const { Benign, Early, Pre, Pro } = heatmapPngs;
    return {
      analysis,
      maskPng: base64(maskPng),
      nucleusPng: nucleusPng && base64(nucleusPng),
      heatmapPngs: { Benign: base64(Benign), Early: base64(Early), Pre: base64(Pre), Pro: base64(Pro) },
      notice: RESEARCH_NOTICE,
    };
  });
}
