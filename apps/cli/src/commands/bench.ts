import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { markdown, ratioRow, skippedRow, timeRow } from '../bench/rows.ts';
import { jsonOption, modelOption, toPath } from '../inputs/options.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  model?: string;
  url?: string;
  demo?: string;
  json?: true;
}

const STEPS = 5;
const CACHED_ROWS = 3000;
/** Minutes, not hours. */
const RETRAINING_WITHIN = 300_000;
const PORTAL_RUNS = 5;

export function benchCommand(): Command {
  return new Command('bench')
    .description('measure serving and training; every ratio within one run on this machine')
    .addOption(modelOption())
    .option('--url <address>', 'a running portal, for the time from upload to visible result')
    .addOption(new Option('--demo <file>', 'its demo sign-ins (default: .data/demo.json)').argParser(toPath))
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const rows = await withProgress('Measuring', (progress) => measure(options, progress));
      const [first] = cpus();
      const machine = {
        cores: cpus().length,
        processor: first?.model.trim() ?? 'unknown',
        node: process.version,
      };
      if (options.json) sayJson({ machine, rows });
      else say(`${machine.cores} cores, ${machine.processor}, Node ${machine.node}\n\n${markdown(rows)}`);
    });
}

async function measure({ model, url, demo }: Options, progress: (done: number, total: number) => void) {
  const { encodeJpeg, STARTER_DIR, timeHeadRetraining, timeNetwork, timeTrainingStep, timeWholePath } =
    await import('@blastwise/model');
  const { generateField } = await import('@blastwise/model/generator');
  const folder = model ?? STARTER_DIR;
  const field = (seed: number) => generateField({ seed, stage: 'Pre' }).image;

  const network = await timeNetwork(folder, field(1));
  progress(1, STEPS);
  const path = await timeWholePath(folder, field(1));
  progress(2, STEPS);
  const wasmStep = await timeTrainingStep('wasm', 10, 2);
  const cpuStep = await timeTrainingStep('cpu', 1, 0);
  progress(3, STEPS);
  const retraining = await timeHeadRetraining(folder, CACHED_ROWS);
  progress(4, STEPS);
  const rows = [
    ratioRow(
      'network, one field, ONNX Runtime',
      network.onnx.median,
      { name: 'tfjs wasm', milliseconds: network.wasm.median },
      5,
    ),
    timeRow('whole path, JPEG to prediction and mask PNG', path.median, null),
    ratioRow(
      'training step of the U-Net, wasm with our kernels',
      wasmStep.median,
      { name: 'stock cpu backend', milliseconds: cpuStep.median },
      100,
    ),
    timeRow(`retraining of the head, ${CACHED_ROWS} cached rows, wasm`, retraining.median, RETRAINING_WITHIN),
  ];
  const visible = 'upload to visible result';
  if (url === undefined) return [...rows, skippedRow(visible, 'name a running portal with --url')];
  const { readStartEnv } = await import('../start/env.ts');
  const { timePortal } = await import('../bench/portal.ts');
  const uploads = await Promise.all(
    // Fields nobody has submitted before, so that none is recognised.
    Array.from({ length: PORTAL_RUNS + 1 }, (_, i) => encodeJpeg(field(Date.now() + i), 92)),
  );
  const demoFile = demo ?? join(readStartEnv().dataDir, 'demo.json');
  const portal = await timePortal(url, demoFile, uploads);
  progress(STEPS, STEPS);
  return [...rows, timeRow(visible, portal.median, 2000)];
}
