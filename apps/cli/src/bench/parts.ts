import { join } from 'node:path';
import { attempt } from './attempt.ts';
import { backbones } from './backbones.ts';
import type { BenchContext } from './context.ts';
import { images } from './images.ts';
import { type BenchRow, missingRow, ratioRow, timeRow, WASM_REFERENCE, withinRow } from './rows.ts';
import { STARTER, training } from './training.ts';

const CORRECTED = 1000;
const RETRAINING_WITHIN = 60_000;
const READ = 100;
const WHOLE_RETRAINING_WITHIN = 300_000;
const PATH_WITHIN = 1.6;
const PORTAL_RUNS = 5;

async function drawnField(seed: number) {
  const { generateField } = await import('@blastwise/model/generator');
  return generateField({ seed, stage: 'Pre' }).image;
}

/** The network alone and the whole path from a file to an answer. */
async function serving({ folder }: BenchContext): Promise<BenchRow[]> {
  const { timeNetwork, timeWholePath } = await import('@blastwise/model');
  const field = await drawnField(1);
  const network = 'network, one field, ONNX Runtime';
  const path = 'whole path, JPEG to prediction and mask PNG';
  return [
    ...(await attempt(network, async () => {
      const { onnx, wasm } = await timeNetwork(folder, field);
      return [ratioRow(network, onnx.median, { name: WASM_REFERENCE, milliseconds: wasm.median }, 5)];
    })),
    ...(await attempt(path, async () => {
      const whole = await timeWholePath(folder, field);
      const alone = { name: 'the network alone', milliseconds: whole.network.median };
      return [withinRow(path, whole.path.median, alone, PATH_WITHIN)];
    })),
  ];
}

/** Our gradient kernels against the backend that has them all, our graphs against our kernels. */
async function kernels(): Promise<BenchRow[]> {
  const { timeStagesStep, timeTrainingStep } = await import('@blastwise/model');
  const unet = 'training step of the U-Net, wasm with our kernels';
  const starter = 'training step of the starter, our graph in ONNX Runtime';
  return [
    ...(await attempt(unet, async () => {
      const ours = await timeTrainingStep('wasm', 10, 2);
      const stock = await timeTrainingStep('cpu', 1, 0);
      return [ratioRow(unet, ours.median, { name: 'stock cpu backend', milliseconds: stock.median }, 100)];
    })),
    ...(await attempt(starter, async () => {
      const plan = { ...STARTER, steps: 5 };
      const kernelled = await timeStagesStep('wasm', plan);
      const graph = await timeStagesStep('onnx', plan);
      const known = { name: 'wasm with our kernels', milliseconds: kernelled.timing.median };
      return [ratioRow(starter, graph.timing.median, known, 3)];
    })),
  ];
}

/** The head by itself, and a whole training as the service runs it, with what its parts take. */
async function retraining({ folder }: BenchContext): Promise<BenchRow[]> {
  const { timeHeadRetraining, timeRetraining } = await import('@blastwise/model');
  const head = `retraining of the head: ${CORRECTED} corrected fields, from their features and the model's own to calibration, thresholds and card, with the search for near-duplicates`;
  const whole = `whole retraining of the head from ${READ} corrected images`;
  return [
    ...(await attempt(head, async () => [
      timeRow(head, (await timeHeadRetraining(folder, CORRECTED)).median, RETRAINING_WITHIN),
    ])),
    ...(await attempt(whole, async () => {
      const parts = await timeRetraining(folder, READ);
      return [
        timeRow(whole, parts.reading + parts.head, WHOLE_RETRAINING_WITHIN),
        timeRow(`${whole}: the images read by the network, one thread`, parts.reading, null),
        timeRow(`${whole}: the head from what it saw`, parts.head, null),
      ];
    })),
  ];
}

/** From a picture that is dropped to its result on the page. */
async function portal({ url, demo }: BenchContext): Promise<BenchRow[]> {
  const visible = 'upload to visible result';
  const { readStartEnv } = await import('../start/env.ts');
  const { runningPortal, timePortal } = await import('./portal.ts');
  const demoFile = demo ?? join(readStartEnv().dataDir, 'demo.json');
  const address = url ?? (await runningPortal(demoFile));
  if (address === null)
    return [
      missingRow(
        visible,
        'skipped: no portal with demo sign-ins runs here: start it, or name one with --url',
      ),
    ];
  const { encodeJpeg } = await import('@blastwise/model');
  let seed = Date.now();
  const draw = async () => encodeJpeg(await drawnField(seed++), 92);
  const timing = await timePortal(address, demoFile, { draw, runs: PORTAL_RUNS });
  return [timeRow(visible, timing.median, 2000)];
}

/** What `bench` can measure. */
export const PARTS = { serving, kernels, retraining, portal, backbones, training, images } satisfies Record<
  string,
  (context: BenchContext) => Promise<readonly BenchRow[]>
>;
export type BenchPart = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as BenchPart[];
