// For tests only: a model's own thread, in which the network crashes at an image whose first byte is 255.
import { DomainError } from '@blastwise/contracts';
import { answerCalls, openPredictor, type Predictor } from '@blastwise/model';
import { serveModel } from '../predictions/serve-model.ts';
import type { ModelSetup } from '../predictions/threaded-model.ts';

async function open(...args: Parameters<typeof openPredictor>): Promise<Predictor> {
  const { artifact, engine, predict, close } = await openPredictor(...args);
  const network = { artifact, engine, alive: true, close };
  return Object.assign(network, {
    async predict(...[images, options]: Parameters<Predictor['predict']>) {
      if (images.some(({ data }) => data[0] === 255)) network.alive = false;
      if (!network.alive) throw new DomainError('UNAVAILABLE', 'The network failed and was stopped.');
      return predict(images, options);
    },
  });
}

answerCalls((setup: ModelSetup) => serveModel(setup, open));
