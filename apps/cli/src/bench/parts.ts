import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import type { ChosenEngine } from '@blastwise/model';
import { type BenchRow, floorRow, ratioRow, skippedRow, timeRow, withinRow } from './rows.ts';

export interface BenchContext {
  /** Model artifact. */
  readonly folder: string;
  /** Engine of the part `training`. */
  readonly engine: ChosenEngine;
  readonly url: string | undefined;
  readonly demo: string | undefined;
}

const BATCHES = [1, 4, 8];
const CORRECTED = 1000;
const RETRAINING_WITHIN = 60_000;
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
  const network = await timeNetwork(folder, field);
  const whole = await timeWholePath(folder, field);
  return [
    ratioRow(
      'network, one field, ONNX Runtime',
      network.onnx.median,
      { name: 'tfjs wasm', milliseconds: network.wasm.median },
      5,
    ),
    withinRow(
      'whole path, JPEG to prediction and mask PNG',
      whole.path.median,
      { name: 'the network alone', milliseconds: whole.network.median },
      PATH_WITHIN,
    ),
  ];
}

/** Our gradient kernels against the backend that has them all, our graphs against our kernels. */
async function kernels(): Promise<BenchRow[]> {
  const { timeStagesStep, timeTrainingStep } = await import('@blastwise/model');
  const ours = await timeTrainingStep('wasm', 10, 2);
  const stock = await timeTrainingStep('cpu', 1, 0);
  const reference = { name: 'stock cpu backend', milliseconds: stock.median };
  const plan = { ...STARTER, steps: 5 };
  const kernelled = await timeStagesStep('wasm', plan);
  const graph = await timeStagesStep('onnx', plan);
  const known = { name: 'wasm with our kernels', milliseconds: kernelled.timing.median };
  return [
    ratioRow('training step of the U-Net, wasm with our kernels', ours.median, reference, 100),
    ratioRow('training step of the starter, our graph in ONNX Runtime', graph.timing.median, known, 3),
  ];
}

async function retraining({ folder }: BenchContext): Promise<BenchRow[]> {
  const { timeHeadRetraining } = await import('@blastwise/model');
  const name = `retraining of the head: ${CORRECTED} corrected fields, from their features and the model's own to calibration, thresholds and card, with the search for near-duplicates`;
  try {
    const timing = await timeHeadRetraining(folder, CORRECTED);
    return [timeRow(name, timing.median, RETRAINING_WITHIN)];
  } catch (error) {
    // A model without cached features says nothing about the other parts.
    if (!(error instanceof DomainError)) throw error;
    return [skippedRow(name, error.message)];
  }
}

/** What an engine multiplies and adds in a millisecond when it does nothing but a large matrix product. */
async function floorOf(engine: ChosenEngine): Promise<number> {
  const { engineFloor, isProcessor, onnxFloor } = await import('@blastwise/model');
  const inOnnx = engine === 'onnx';
  const side = isProcessor(engine) ? 1024 : 4096;
  return (await (inOnnx ? onnxFloor() : engineFloor(engine, side))).perMillisecond;
}

/**
 * Every backbone's hybrid by batch, beside the arithmetic floor: in ONNX Runtime as it is served, or on the graphics
 * engine that was named.
 */
async function backbones({ engine }: BenchContext): Promise<BenchRow[]> {
  const { BACKBONE_NAMES, isProcessor, modelNameOf, timeEngineServing, timeServing } = await import(
    '@blastwise/model'
  );
  const inOnnx = isProcessor(engine);
  const perMillisecond = await floorOf(inOnnx ? 'onnx' : engine);
  const rows: BenchRow[] = [];
  for (const model of BACKBONE_NAMES.map((name) => modelNameOf(name))) {
    const served = await (inOnnx ? timeServing(model, BATCHES) : timeEngineServing(engine, model, BATCHES));
    for (const { batch, timing } of served.times) {
      const fields = batch === 1 ? 'one field' : `${batch} fields`;
      const floor = (batch * served.multiplyAdds) / perMillisecond;
      const name = `${model} hybrid, ${fields}, ${inOnnx ? 'ONNX Runtime' : engine}`;
      rows.push(floorRow(name, timing.median, floor));
    }
  }
  return rows;
}

/** Passes through a network in a training step: forwards, and backwards to the inputs and to the weights. */
const PASSES = 3;

/** What is trained on a graphics engine beside the starter, in batches that a card of 24 GB holds. */
const ON_GRAPHICS = [
  { model: 'mobilenetv2', fineTuning: 'whole', batch: 32 },
  { model: 'vgg16', fineTuning: 'whole', batch: 32 },
  { model: 'densenet201', fineTuning: 'whole', batch: 32 },
  { model: 'convnext-base', fineTuning: 'whole', batch: 16 },
  { model: 'densenet201', fineTuning: 'upper', batch: 32, variant: 'published' },
] as const;
const STARTER = { model: 'mobilenetv2', fineTuning: 'upper', batch: 32 } as const;

/** Training steps on an engine: the starter's, and on a graphics engine whole backbones and the study's head. */
async function training({ engine }: BenchContext): Promise<BenchRow[]> {
  const { isProcessor, timeStagesStep } = await import('@blastwise/model');
  const perMillisecond = await floorOf(engine);
  const rows: BenchRow[] = [];
  for (const plan of isProcessor(engine) ? [STARTER] : [STARTER, ...ON_GRAPHICS]) {
    const part = plan.fineTuning === 'upper' ? 'above its cut' : 'whole';
    const variant = 'variant' in plan ? ` with the ${plan.variant} head` : '';
    const name = `training step, ${plan.model}${variant} ${part}, batch ${plan.batch}, ${engine}`;
    try {
      const step = await timeStagesStep(engine, { ...plan, steps: isProcessor(engine) ? 3 : 8 });
      const floor = (PASSES * plan.batch * step.multiplyAdds) / perMillisecond;
      rows.push(floorRow(name, step.timing.median, floor));
    } catch (error) {
      // A card too small for one of them says nothing about the others.
      if (!(error instanceof DomainError)) throw error;
      rows.push(skippedRow(name, error.message));
    }
  }
  return rows;
}

/** How the work of `dataset inspect` and `dataset split` grows with the number of images. */
async function images(): Promise<BenchRow[]> {
  const { timeDuplicates, timeGrouping } = await import('@blastwise/model');
  const rows: BenchRow[] = [];
  for (const n of [1000, 10_000, 100_000])
    rows.push(timeRow(`groups among ${n.toLocaleString('en')} fields`, (await timeGrouping(n)).median, null));
  for (const n of [500, 1000, 2000]) {
    const name = `near-duplicates among ${n.toLocaleString('en')} fields, all of like colours`;
    rows.push(timeRow(name, (await timeDuplicates(n)).median, null));
  }
  return rows;
}

/** From a picture that is dropped to its result on the page. */
async function portal({ url, demo }: BenchContext): Promise<BenchRow[]> {
  const visible = 'upload to visible result';
  const { readStartEnv } = await import('../start/env.ts');
  const { runningPortal, timePortal } = await import('./portal.ts');
  const demoFile = demo ?? join(readStartEnv().dataDir, 'demo.json');
  const address = url ?? (await runningPortal(demoFile));
  if (address === null)
    return [skippedRow(visible, 'no portal with demo sign-ins runs here: start it, or name one with --url')];
  const { encodeJpeg } = await import('@blastwise/model');
  const uploads = await Promise.all(
    // Fields nobody has submitted before, so that none is recognised.
    Array.from({ length: PORTAL_RUNS + 1 }, async (_, i) => encodeJpeg(await drawnField(Date.now() + i), 92)),
  );
  const timing = await timePortal(address, demoFile, uploads);
  return [timeRow(visible, timing.median, 2000)];
}

/** What `bench` can measure. */
export const PARTS = { serving, kernels, retraining, portal, backbones, training, images } satisfies Record<
  string,
  (context: BenchContext) => Promise<BenchRow[]>
>;
export type BenchPart = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as BenchPart[];
/** A minute or two on a laptop; the others are asked for. */
export const USUAL_PARTS: readonly BenchPart[] = ['serving', 'kernels', 'retraining', 'portal'];
