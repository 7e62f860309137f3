// For tests only: a worker thread in the place of a model's. It answers like the double, dies on an image whose first byte is 255,
// and cannot be opened where its folder is called "missing".
import { DomainError } from '@blastwise/contracts';
import { answerCalls, type RgbImage } from '@blastwise/model';
import type { ModelSetup, OpenedModel } from '../predictions/threaded-model.ts';
import { modelDouble } from './model-double.ts';

const crash = (): never => {
  throw new Error('crash');
};

answerCalls(async ({ folder, digest }: ModelSetup) => {
  if (folder === 'missing') throw new DomainError('ARTIFACT_INVALID', 'There is no model.');
  const { engine, identity, predict, close } = modelDouble({ digest });
  const ready: OpenedModel = { engine, identity };
  return {
    ready,
    run: (images: readonly RgbImage[]) =>
      images.some(({ data }) => data[0] === 255)
        ? new Promise<never>(() => setImmediate(crash))
        : predict([...images]),
    close,
    buffersOf: () => [],
  };
});
