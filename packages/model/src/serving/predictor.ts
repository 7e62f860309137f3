import { fileURLToPath } from 'node:url';
import { type Background, DomainError } from '@blastwise/contracts';
import { type Artifact, loadArtifact } from '../artifact/index.ts';
import { PREPROCESSING_VERSION, type RgbImage } from '../images/index.ts';
import { chooseScale, type ScaleRequest, type Tile, tileFields } from '../scale/index.ts';
import { analyse, type FieldPrediction } from './analyse.ts';
import { backgroundColour } from './background-colour.ts';
import { lookAt } from './field-look.ts';
import { openNetwork } from './field-network.ts';
import { FieldReading, type Reading } from './field-reading.ts';
import { withNuclei } from './nuclei.ts';
import type { Provider } from './protocol.ts';
import { readTile } from './tile-reading.ts';

/** The model that is committed with the code. */
export const STARTER_DIR = fileURLToPath(new URL('../../starter', import.meta.url));

export interface PredictorOptions {
  readonly provider?: Provider;
  readonly threads?: number;
  /** Fields of one run of the network at most; larger requests and images are answered in several. */
  readonly batch?: number;
}

export interface PredictOptions {
  /** Also say where in each field the evidence lies and what each white cell adds to it. */
  readonly explain?: boolean;
  /** Of all images asked for; by default a field of the training size stays as it is and the cells of others tell. */
  readonly scale?: ScaleRequest | undefined;
}

/** A verified model, ready to answer. */
export interface Predictor {
  readonly artifact: Artifact;
  /** The execution provider that answers, such as "cpu". */
  readonly engine: string;
  /** False once the network has crashed: every call is rejected (`UNAVAILABLE`) from then on. */
  readonly alive: boolean;
  /** One prediction an image, in order, the same whether asked alone or together. Images of any size. */
  predict(images: readonly RgbImage[], options?: PredictOptions): Promise<FieldPrediction[]>;
  close(): Promise<void>;
}

/** @throws DomainError ARTIFACT_INVALID for a model made for other fields than those that are cut here. */
export function requirePreprocessing({ manifest: { preprocessing } }: Artifact): void {
  if (preprocessing !== PREPROCESSING_VERSION)
    throw new DomainError(
      'ARTIFACT_INVALID',
      `The model wants the preprocessing ${preprocessing}, which is not here.`,
    );
}

/** Loads and verifies a model folder and opens what it holds: a network in ONNX Runtime, or a classical classifier. */
export async function openPredictor(
  dir: string,
  { provider = 'cpu', threads = 0, batch = 8 }: PredictorOptions = {},
): Promise<Predictor> {
  const artifact = await loadArtifact(dir);
  requirePreprocessing(artifact);
  const network = await openNetwork(artifact, { provider, threads });
  const { engine, head } = network;

  const run = async (batch: readonly Asked[], explain: boolean): Promise<void> => {
    const fields = batch.map(({ field }) => field);
    const running = network.run(fields, explain);
    // The network computes elsewhere; what its masks are not needed for is measured meanwhile.
    const looks = batch.map(({ field, tile, background }) => {
      background();
      return lookAt(field, tile.placement);
    });
    const results = await running;
    for (const [i, { tile, reading, answer }] of batch.entries()) {
      const [result, look] = [results[i], looks[i]];
      const read = result && look && readTile(tile, result, { look, ...(head && { head }) });
      const whole = read && reading.add(read);
      if (whole) answer(whole);
    }
  };
  return {
    artifact,
    engine,
    get alive() {
      return network.alive;
    },
    async predict(images, { explain = false, scale } = {}) {
      const predictions: FieldPrediction[] = [];
      // The next batch is cut out while the network runs the last one.
      let running = Promise.resolve();
      for await (const asked of batches(askAll(artifact, images, scale, predictions), batch)) {
        await running;
        running = run(asked, explain);
        // It is awaited above or below; until then a failure is no unhandled one.
        running.catch(() => {});
      }
      await running;
      return predictions;
    },
    close: () => network.close(),
  };
}

/** A field on its way to the network, and where its answer belongs. */
interface Asked {
  readonly field: RgbImage;
  readonly tile: Tile;
  readonly reading: FieldReading;
  /** Of the whole image; measured once. */
  readonly background: () => Background;
  readonly answer: (reading: Reading) => void;
}

/** The fields of all images, one after another; `predictions` is filled as their answers become whole. */
async function* askAll(
  artifact: Artifact,
  images: readonly RgbImage[],
  scale: ScaleRequest | undefined,
  predictions: FieldPrediction[],
): AsyncGenerator<Asked> {
  for (const [i, image] of images.entries()) {
    const chosen = await chooseScale(image, scale);
    const reading = new FieldReading(image, chosen);
    let measured: Background | undefined;
    const background = (): Background => {
      measured ??= backgroundColour(image);
      return measured;
    };
    const answer = (whole: Reading): void => {
      predictions[i] = analyse(artifact, image, withNuclei(image, whole), background());
    };
    for await (const { tile, field } of tileFields(image, chosen.plan))
      yield { field, tile, reading, background, answer };
  }
}

async function* batches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
